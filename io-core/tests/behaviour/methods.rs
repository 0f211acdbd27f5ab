//! The operations of a view (rows of `docs/src/kernel-rows.md`), on a device that logs accesses.
//!
//! | row | test |
//! |---|---|
//! | `IoBackend::{View, as_ptr, project_view}` | `project_view_returns_a_view_of_the_pointer` |
//! | `IoCapable<T>::{io_read, io_write}` | `io_read_and_io_write_make_one_access_of_each_width` |
//! | `IoCopyable::{copy_from_io, copy_to_io}`, `fill_io` | `backend_copies_use_the_given_width` |
//! | `IoBase::{Backend, Target}` | `an_owner_is_accepted_as_a_base` |
//! | `IoBase::as_view` | `as_view_of_a_view_returns_the_view` |
//! | `KnownSize` | `types::known_size_returns_size_and_alignment` |
//! | `Io::size` | `views_have_the_size_of_their_target` |
//! | `Io::{len, is_empty}` of slices | `slices::views_have_the_length_of_the_part` |
//! | `Io::{read_val, write_val}` | `value_methods_make_one_access_each` |
//! | the same, for any value | `values_at_the_limits_are_transferred` |
//! | `Io::{copy_read, copy_write}` | `copy_read_and_copy_write_transfer_structs`, `copies::*` |
//! | `Io::{copy_from_slice, copy_to_slice}` and their panics | `copies::*` |
//! | `Io::try_cast` | `casts::*` |
//! | `Io::{read, write, update}(loc)`, `Io::{read8, …}` | `offsets::*` |

use io_core::{
    CopyError, Io as _, IoBase, Region, Width,
    backend::{IoBackend, IoCapable, IoCopyable, ViewOf},
    barrier::Barrier,
    prelude::*,
};
use io_sim::{SimBackend, SimView};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::support::logger::{
    Access::{B, R, W},
    Bench, bench, fresh, log, logger,
};

#[derive(Clone, Copy, Debug, PartialEq, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Desc {
    address: Le<u64>,
    len: Le<u32>,
    flags: Le<u16>,
    next: Be<u16>,
}

#[derive(IoStruct)]
#[io(size = 0x20)]
#[repr(C)]
struct Regs {
    byte: u8,
    sbyte: i8,
    half: Le<u16>,
    word: Le<u32>,
    #[io(at = 0x08)]
    long: Le<u64>,
    #[io(at = 0x10)]
    desc: Desc,
}

fn regs() -> Bench<Regs> {
    bench()
}

#[test]
fn views_have_the_size_of_their_target() {
    let dev = regs();
    assert_eq!((&dev).size(), 0x20);
    assert_eq!(io_project!(&dev, .byte).size(), 1);
    assert_eq!(io_project!(&dev, .desc).size(), 0x10);
    let bar = Bench::<Region<8>>::new_region(logger(12), 12).unwrap();
    assert_eq!((&bar).size(), 12);
    assert_eq!((&bar).cast::<[u8; 8]>().size(), 8);
    assert_eq!((&bar).try_cast_slice::<u16>().unwrap().size(), 12);
    assert_eq!(log(&dev), []);
}

#[test]
fn value_methods_make_one_access_each() {
    let dev = regs();
    let word = io_project!(&dev, .word);
    assert_eq!(word.read_val(), 0x0706_0504);
    word.write_val(0x1122_3344);
    word.update_val(|v| v + 1);
    assert_eq!(word.try_read_val(), Ok(0x1122_3345));
    assert_eq!(word.try_write_val(5), Ok(()));
    assert_eq!(word.try_update_val(|v| v * 2), Ok(()));
    assert_eq!(
        log(&dev),
        [
            fresh(0x4, 32),
            W(0x4, 32, 0x1122_3344),
            R(0x4, 32, 0x1122_3344),
            W(0x4, 32, 0x1122_3345),
            R(0x4, 32, 0x1122_3345),
            W(0x4, 32, 5),
            R(0x4, 32, 5),
            W(0x4, 32, 10),
        ]
    );
}

#[test]
fn values_at_the_limits_are_transferred() {
    let dev = regs();
    let (byte, sbyte) = (io_project!(&dev, .byte), io_project!(&dev, .sbyte));
    sbyte.write_val(-1);
    assert_eq!(sbyte.read_val(), -1);
    byte.write_val(0x80);
    io_project!(&dev, .long).write_val(u64::MAX - 1);
    io_project!(&dev, .half).write_val(0x8001);
    assert_eq!(
        log(&dev),
        [
            W(0x1, 8, 0xff),
            R(0x1, 8, 0xff),
            W(0x0, 8, 0x80),
            W(0x8, 64, 0xffff_ffff_ffff_fffe),
            W(0x2, 16, 0x8001),
        ]
    );
}

#[test]
fn copy_read_and_copy_write_transfer_structs() {
    let dev = regs();
    let desc = Desc {
        address: Le::<u64>::new(0x0102_0304_0506_0708),
        len: Le::<u32>::new(0x1112_1314),
        flags: Le::<u16>::new(0x2122),
        next: Be::<u16>::new(0x3132),
    };
    io_project!(&dev, .desc).copy_write(desc);
    let ascending = [
        W(0x10, 64, 0x0102_0304_0506_0708),
        W(0x18, 32, 0x1112_1314),
        W(0x1c, 16, 0x2122),
        W(0x1e, 16, 0x3231),
    ];
    assert_eq!(log(&dev), ascending);
    assert_eq!(io_project!(&dev, .desc).copy_read(), desc);
    assert_eq!(
        log(&dev),
        ascending.map(|access| match access {
            W(offset, bits, value) => R(offset, bits, value),
            other => other,
        })
    );
}

#[test]
fn write_flush_reads_the_register_back() {
    let dev = regs();
    io_project!(&dev, .half).write_flush(0x0102);
    assert_eq!(log(&dev), [W(0x2, 16, 0x0102), R(0x2, 16, 0x0102)]);
}

#[test]
fn is_gone_makes_one_read() {
    let dev = regs();
    assert!(!io_project!(&dev, .half).is_gone());
    io_project!(&dev, .half).write_val(0xffff);
    assert!(io_project!(&dev, .half).is_gone());
    io_project!(&dev, .long).write_val(u64::MAX >> 1);
    assert!(!io_project!(&dev, .long).is_gone());
    let ones = u64::MAX >> 1;
    assert_eq!(
        log(&dev),
        [
            fresh(0x2, 16),
            W(0x2, 16, 0xffff),
            R(0x2, 16, 0xffff),
            W(0x8, 64, ones),
            R(0x8, 64, ones),
        ]
    );
}

#[test]
fn barriers_stay_in_order_with_accesses() {
    let dev = regs();
    let word = io_project!(&dev, .word);
    word.write_val(1);
    word.dma_wmb();
    word.write_val(2);
    word.rmb();
    (&dev).mb();
    word.wmb();
    word.dma_rmb();
    word.dma_mb();
    use Barrier::{DmaMb, DmaRmb, DmaWmb, Mb, Rmb, Wmb};
    assert_eq!(
        log(&dev),
        [W(0x4, 32, 1), B(DmaWmb), W(0x4, 32, 2), B(Rmb), B(Mb), B(Wmb), B(DmaRmb), B(DmaMb),]
    );
}

#[test]
fn project_view_returns_a_view_of_the_pointer() {
    let dev = regs();
    let view = (&dev).as_view();
    let ptr = SimBackend::as_ptr(view);
    assert_eq!(ptr.addr(), 0);
    let part = ptr.cast::<u8>().wrapping_add(4).cast::<Le<u32>>();
    // SAFETY: `part` refers to the bytes of `word`.
    let word: SimView<'_, Le<u32>> = unsafe { SimBackend::project_view(view, part) };
    assert_eq!(SimBackend::as_ptr(word).addr(), 4);
    word.write_val(9);
    SimBackend::barrier(word, Barrier::Mb);
    assert_eq!(log(&dev), [W(0x4, 32, 9), B(Barrier::Mb)]);
}

#[test]
fn io_read_and_io_write_make_one_access_of_each_width() {
    fn both<'a, N: io_core::Repr>(view: SimView<'a, N>) -> N {
        let Ok(()) = SimBackend::io_write(view, N::from_u64(0x8182_8384_8586_8788).to_le());
        let Ok(value) = SimBackend::io_read(view);
        value.to_le()
    }
    let dev = bench::<[u64; 1]>();
    let bytes = (&dev).get(0).unwrap();
    let bar = Bench::<Region<8>>::new_region(logger(8), 8).unwrap();
    assert_eq!(both(bytes), 0x8182_8384_8586_8788);
    assert_eq!(both((&bar).cast::<u32>()), 0x8586_8788);
    assert_eq!(both((&bar).cast::<u16>()), 0x8788);
    assert_eq!(both((&bar).cast::<u8>()), 0x88);
    let wide = 0x8182_8384_8586_8788;
    assert_eq!(log(&dev), [W(0, 64, wide), R(0, 64, wide)]);
    assert_eq!(
        log(&bar),
        [
            W(0, 32, 0x8586_8788),
            R(0, 32, 0x8586_8788),
            W(0, 16, 0x8788),
            R(0, 16, 0x8788),
            W(0, 8, 0x88),
            R(0, 8, 0x88),
        ]
    );
}

#[test]
fn backend_copies_use_the_given_width() {
    let dev = bench::<[u8; 8]>();
    let (view, mut out) = ((&dev).as_slice(), [0; 8]);
    // SAFETY: `out` has the view's size.
    let result = unsafe { SimBackend::copy_from_io(view, None, out.as_mut_ptr()) };
    assert_eq!((result, out), (Ok(()), [0, 1, 2, 3, 4, 5, 6, 7]));
    // SAFETY: `out` has the view's size.
    let result = unsafe { SimBackend::copy_to_io(view, Some(Width::W16), out.as_ptr()) };
    assert_eq!(result, Ok(()));
    assert_eq!(SimBackend::fill_io(view, Some(Width::W64), 0x11), Ok(()));
    let part = io_project!(view, [panic: 2..]);
    let error = CopyError::Width { width: Width::W32, address: 2, size: 6 };
    assert_eq!(SimBackend::fill_io(part, Some(Width::W32), 0), Err(error));
    assert_eq!(
        log(&dev),
        [
            fresh(0, 32),
            fresh(4, 32),
            W(0, 16, 0x0100),
            W(2, 16, 0x0302),
            W(4, 16, 0x0504),
            W(6, 16, 0x0706),
            W(0, 64, 0x1111_1111_1111_1111),
        ]
    );
}

/// An owner of a view, as a bus crate would define it.
struct Window<'d> {
    dev: &'d Bench<Regs>,
}

impl<'a> IoBase<'a> for &'a Window<'_> {
    type Backend = SimBackend;
    type Target = Regs;

    fn as_view(self) -> SimView<'a, Regs> {
        self.dev.as_view()
    }
}

#[test]
fn an_owner_is_accepted_as_a_base() {
    fn word<'a, I: Io<'a, Target = Regs, Backend: Bus32>>(io: I) -> ViewOf<'a, I, Le<u32>> {
        io_project!(io, .word)
    }
    let dev = regs();
    let window = Window { dev: &dev };
    io_write!(&window, .word, 1);
    word(&window).write_val(2);
    assert_eq!((&window).size(), 0x20);
    io_project!(&window, .desc).fill(0);
    assert_eq!(
        log(&dev),
        [
            W(0x4, 32, 1),
            W(0x4, 32, 2),
            W(0x10, 64, 0),
            W(0x18, 32, 0),
            W(0x1c, 16, 0),
            W(0x1e, 16, 0),
        ]
    );
}

#[test]
fn as_view_of_a_view_returns_the_view() {
    let dev = regs();
    let view = (&dev).as_view();
    assert_eq!(view.as_view().as_view().size(), 0x20);
    let region = view_of_bytes(&dev).try_region::<Region<4>>().unwrap();
    assert_eq!(region.as_view().size(), 8);
    assert_eq!(log(&dev), []);
}

fn view_of_bytes(dev: &Bench<Regs>) -> SimView<'_, [u8]> {
    let view = dev.as_view();
    let long = SimBackend::as_ptr(view).cast::<u8>().wrapping_add(8);
    // SAFETY: `long` refers to these bytes, which have no access kind.
    unsafe { SimBackend::project_view(view, core::ptr::slice_from_raw_parts_mut(long, 8)) }
}
