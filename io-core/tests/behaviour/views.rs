//! A view as a value: its size, `Send` and `Sync`, and its `Debug` output.

use core::{cell::Cell, mem::size_of};

use io_core::{
    CoherentBox, CoherentView, DmaAddr, IoSysMap, MappedFile, Mmio, MmioRaw, MmioWc, ReadToClear,
    RelaxedMmio, RoSideEffect, SysMem, prelude::*,
};
use io_sim::{Recorder, SimRam, SimView, Simulated, TracedView};

use crate::support::{
    logger::{Logger, bench, log},
    raw::Raw,
};

/// Fails to compile if the type implements the trait.
macro_rules! assert_not {
    ($type:ty: $trait:path) => {
        const _: fn() = || {
            trait Ambiguous<X> {
                fn here() {}
            }
            struct Has;
            impl<T: ?Sized> Ambiguous<()> for T {}
            impl<T: ?Sized + $trait> Ambiguous<Has> for T {}
            <$type as Ambiguous<_>>::here();
        };
    };
}

/// A view implements `Send` and `Sync` under the same conditions as `&T`.
macro_rules! assert_like_a_reference {
    ($($view:ident<'static $(, $backend:ty)?>)+) => {$(
        const _: fn() = || {
            fn both<T: Send + Sync + Copy + core::fmt::Debug>() {}
            both::<$view<'static, $($backend,)? u32>>();
            both::<$view<'static, $($backend,)? [u64]>>();
            both::<$view<'static, $($backend,)? io_core::Region>>();
        };
        assert_not!($view<'static, $($backend,)? Cell<u32>>: Send);
        assert_not!($view<'static, $($backend,)? Cell<u32>>: Sync);
        assert_not!($view<'static, $($backend,)? [Cell<u32>]>: Send);
    )+};
}

assert_like_a_reference! {
    Mmio<'static>
    RelaxedMmio<'static>
    MmioWc<'static>
    SysMem<'static>
    IoSysMap<'static>
    CoherentView<'static>
    SimView<'static>
    TracedView<'static, io_core::backend::MmioBackend>
}

const _: fn() = || {
    fn both<T: Send + Sync>() {}
    both::<MmioRaw<Cell<u32>>>();
    both::<io_core::Loc<io_core::Region, Cell<u8>>>();
    both::<MappedFile<u32>>();
    both::<Coherent<u32, SimRam>>();
    both::<Coherent<[u32], SimRam>>();
    both::<CoherentBox<u32, SimRam>>();
    both::<Simulated<u32, Logger>>();
    both::<Recorder>();
};
assert_not!(Coherent<u32, io_core::DmaPool<'static>>: Sync);
assert_not!(Coherent<Cell<u32>, SimRam>: Sync);
assert_not!(Simulated<u32, *mut u8>: Send);

#[test]
fn views_have_the_size_of_pointers() {
    const PTR: usize = size_of::<*mut u8>();
    fn sizes<One, Slice, Region>() -> [usize; 3] {
        [size_of::<One>(), size_of::<Slice>(), size_of::<Region>()]
    }
    type R = io_core::Region<4>;
    let thin_and_wide = [PTR, 2 * PTR, 2 * PTR];
    assert_eq!(sizes::<Mmio<'_, u32>, Mmio<'_, [u32]>, Mmio<'_, R>>(), thin_and_wide);
    assert_eq!(
        sizes::<RelaxedMmio<'_, u32>, RelaxedMmio<'_, [u32]>, RelaxedMmio<'_, R>>(),
        thin_and_wide
    );
    assert_eq!(sizes::<MmioWc<'_, u32>, MmioWc<'_, [u32]>, MmioWc<'_, R>>(), thin_and_wide);
    assert_eq!(sizes::<SysMem<'_, u32>, SysMem<'_, [u32]>, SysMem<'_, R>>(), thin_and_wide);
    assert_eq!(
        sizes::<CoherentView<'_, u32>, CoherentView<'_, [u32]>, CoherentView<'_, R>>(),
        [PTR + 8, 2 * PTR + 8, 2 * PTR + 8].map(|size| size.next_multiple_of(align_of::<u64>()))
    );
    // The variant takes one word.
    assert_eq!(size_of::<IoSysMap<'_, u32>>(), 2 * PTR);
    assert_eq!(size_of::<MmioRaw<u32>>(), PTR);
    assert_eq!(size_of::<io_core::Loc<R, u32>>(), PTR);
}

/// Registers for which every read has an effect.
#[derive(IoStruct)]
#[repr(C)]
struct Fifo {
    data: RoSideEffect<Le<u32>>,
    level: ReadToClear<Le<u32>>,
}

#[test]
fn debug_does_not_access_the_device() {
    let dev = bench::<Fifo>();
    let recorder = Recorder::new();
    let _ = format!("{:?} {:?}", dev, dev.as_view());
    let data = io_project!(&dev, .data);
    assert_eq!(format!("{data:?}"), "SimView(0x0, 0x4 bytes)");
    assert_eq!(format!("{:?}", recorder.record("fifo", &dev)), "TracedView(fifo, 0x8 bytes)");
    assert_eq!(log(&dev), []);
    assert_eq!(recorder.entries(), []);
}

/// Nothing is mapped at the address: printing would be fatal if it accessed the memory.
#[test]
fn debug_does_not_access_memory() {
    let raw = MmioRaw::<[Fifo; 2]>::new(0x1000);
    // SAFETY: no access is made.
    let mmio = unsafe { Mmio::from_raw(raw) };
    let fifo = io_project!(mmio, [1]);
    assert_eq!(format!("{mmio:?} {fifo:?}"), "Mmio(0x1000, 0x10 bytes) Mmio(0x1008, 0x8 bytes)");
    assert_eq!(format!("{:?}", fifo.relaxed()), "RelaxedMmio(0x1008, 0x8 bytes)");
    // SAFETY: no access is made.
    let combining = unsafe { MmioWc::from_raw(raw) };
    assert_eq!(format!("{combining:?}"), "MmioWc(0x1000, 0x10 bytes)");
    assert_eq!(format!("{:?}", mmio.as_slice()), "Mmio(0x1000, 0x10 bytes)");
    assert_eq!(format!("{:?}", IoSysMap::from(mmio)), "IoSysMap(0x1000, 0x10 bytes)");
    // SAFETY: no access is made.
    let system = unsafe { SysMem::new(raw.as_ptr()) };
    // SAFETY: as above.
    let coherent = unsafe { CoherentView::new(system, DmaAddr::new(0x8000)) };
    assert_eq!(format!("{:?}", io_project!(system, [1].level)), "SysMem(0x100c, 0x4 bytes)");
    assert_eq!(format!("{coherent:?}"), "CoherentView(0x1000, 0x10 bytes)");
    assert_eq!(
        format!("{:?} {:?}", mmio.iter(), mmio.chunks(1)),
        "Iter(2 left) Chunks(2 elements left)"
    );
    let end = IoSysMap::from(system);
    assert_eq!(format!("{:?}", io_project!(end, [build: 2..])), "IoSysMap(0x1010, 0x0 bytes)");
}

/// Threads share a view as they share a reference.
#[test]
fn threads_share_a_view() {
    let memory = Raw::new(0x40);
    // SAFETY: the test has just allocated the memory, which outlives the view.
    let view = unsafe { SysMem::new(memory.ptr().cast::<[Le<u32>; 16]>()) };
    std::thread::scope(|s| {
        for (i, chunk) in view.chunks(4).enumerate() {
            s.spawn(move || chunk.iter().for_each(|word| word.write_val(i as u32)));
        }
    });
    assert!(view.iter().map(|word| word.read_val()).eq((0..16).map(|i| i / 4)));
}
