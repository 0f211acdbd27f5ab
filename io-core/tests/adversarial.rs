//! Safe code that tries to make unsafe code unsound. Miri detects undefined behaviour.

use core::{cell::Cell, convert::Infallible};
use std::thread;

use io_core::{
    A1, Aliased, CoherentView, CopyError, DmaAddr, Error, FreeList, OutOfBound, Region,
    backend::{CoherentBackend, SysMemBackend},
    expansion,
    prelude::*,
};
use zerocopy::{FromBytes, Immutable, IntoBytes};

/// A base that is safe to implement and returns alternately a short and a long view.
#[derive(Clone, Copy)]
struct Flip<'a> {
    turn: &'a Cell<usize>,
    views: [SysMem<'a, [u8]>; 2],
}

impl<'a> IoBase<'a> for Flip<'a> {
    type Backend = SysMemBackend;
    type Target = [u8];

    fn as_view(self) -> SysMem<'a, [u8]> {
        self.turn.set(self.turn.get() + 1);
        self.views[(self.turn.get() - 1) % 2]
    }
}

/// Runs `check` with the short view first, then with the long view first.
fn flips(check: impl Fn(Flip<'_>)) {
    let (mut short, mut long) = ([0; 8], [0; 4096]);
    for turn in [0, 1] {
        let views = [SysMem::from_mut_slice(&mut short), SysMem::from_mut_slice(&mut long)];
        check(Flip { turn: &Cell::new(turn), views });
    }
}

#[test]
fn lengths_and_copies_use_one_view() {
    flips(|flip| {
        let mut private = [0; 8];
        let copied = flip.try_copy_to_slice(&mut private);
        assert!(matches!(copied, Ok(()) | Err(CopyError::Length { expected: 4096, found: 8 })));
    });
    flips(|flip| {
        let copied = flip.try_copy_from_slice(&[1; 8]);
        assert!(matches!(copied, Ok(()) | Err(CopyError::Length { expected: 4096, found: 8 })));
    });
}

#[test]
fn casts_use_one_view() {
    flips(|flip| match flip.try_cast::<[u8; 100]>() {
        Ok(view) => view.fill(1),
        Err(error) => assert_eq!(error, Error::OutOfRange { offset: 0, size: 100, limit: 8 }),
    });
    flips(|flip| flip.try_cast_slice::<i8>().unwrap().fill(2));
    flips(|flip| {
        let region = flip.try_region::<Region<0, A1>>().unwrap();
        region.write_at::<u8>(region.size() - 1, 3);
    });
}

/// Regions of different sizes, in turn.
#[derive(Clone, Copy)]
struct FlipRegion<'a>(Flip<'a>);

impl<'a> IoBase<'a> for FlipRegion<'a> {
    type Backend = SysMemBackend;
    type Target = Region<0, A1>;

    fn as_view(self) -> SysMem<'a, Region<0, A1>> {
        self.0.as_view().try_region().unwrap()
    }
}

#[test]
fn accesses_of_regions_use_one_view() {
    let outside = |size| Error::OutOfRange { offset: 100, size, limit: 8 };
    flips(|flip| {
        let written = FlipRegion(flip).try_write_at::<u8>(100, 4);
        assert!(written == Ok(()) || written == Err(outside(1)));
        let read = FlipRegion(flip).try_read_at::<u8>(100);
        assert!(matches!(read, Ok(0 | 4)) || read == Err(outside(1)));
    });
    flips(|flip| {
        let bytes = |result: Result<(), CopyError<Infallible>>| {
            let outside = CopyError::OutOfRange { offset: 100, size: 2, limit: 8 };
            assert!(result == Ok(()) || result == Err(outside));
        };
        bytes(FlipRegion(flip).try_write_bytes(100, &[5; 2]));
        bytes(FlipRegion(flip).try_read_bytes(100, &mut [0; 2]));
        bytes(FlipRegion(flip).try_fill_bytes(100, 2, 6));
    });
    flips(|flip| match FlipRegion(flip).subregion(100..102) {
        Ok(part) => part.write_at::<u8>(1, 7),
        Err(error) => assert_eq!(error, outside(2)),
    });
}

/// A base that returns alternately one of two views of DMA memory, whose addresses differ.
#[derive(Clone, Copy)]
struct FlipDma<'a> {
    turn: &'a Cell<usize>,
    views: [CoherentView<'a, [u32; 8]>; 2],
}

impl<'a> IoBase<'a> for FlipDma<'a> {
    type Backend = CoherentBackend;
    type Target = [u32; 8];

    fn as_view(self) -> CoherentView<'a, [u32; 8]> {
        self.turn.set(self.turn.get() + 1);
        self.views[self.turn.get() % 2]
    }
}

/// A step finds the part and projects to it in one view: for a part of the other one, the device's
/// address would be wrong. The functions that expansions call are safe, so they are called directly.
#[test]
fn steps_of_projections_use_one_view() {
    let mut memory = [[0_u32; 8]; 2];
    let cpu = memory.each_ref().map(|words| words.as_ptr().addr() as u64);
    let dma = [0x10_0000, 0x20_0000].map(DmaAddr::new);
    let mut at = 0;
    let views = memory.each_mut().map(|words| {
        at += 1;
        // SAFETY: no device uses the address.
        unsafe { CoherentView::new(SysMem::from_mut(words), dma[at - 1]) }
    });
    let flip = FlipDma { turn: &Cell::new(0), views };
    let check = |part: CoherentView<'_, u32>| {
        let address = part.as_sys_mem().as_ptr().addr() as u64;
        let base = usize::from(!(cpu[0]..cpu[0] + 32).contains(&address));
        assert_eq!(part.dma_address().raw() - dma[base].raw(), address - cpu[base]);
    };
    for i in 0..8 {
        check(expansion::try_index(flip, i).unwrap());
        check(expansion::index(flip, i));
        check(expansion::at(flip, const { expansion::BuildIndex(3).check() }));
        check(expansion::start(flip).get(i).unwrap());
        check(io_project!(flip, [panic: i]));
    }
}

#[test]
fn splits_use_one_view() {
    flips(|flip| match flip.try_split_at(100) {
        Ok((low, high)) => {
            low.fill(1);
            high.fill(2);
        }
        Err(error) => assert_eq!(error, OutOfBound { start: 0, end: 100, len: 8 }),
    });
}

#[test]
fn an_exhausted_range_is_empty() {
    let (mut memory, mut range) = ([0_u32; 4], 0..=1);
    let view = SysMem::from_mut_slice(&mut memory);
    assert_eq!(range.by_ref().count(), 2);
    assert_eq!(view.get(range.clone()).unwrap().len(), [0; 4][range].len());
}

#[test]
fn a_free_list_allocates_nothing_for_size_zero() {
    let mut free = FreeList::new(0x11..0x40);
    assert_eq!((free.take(0, 0x10), free.take(0x2f, 1)), (None, Some(0x11)));
}

#[test]
#[should_panic(expected = "double free of 5..10")]
fn a_double_free_panics() {
    FreeList::new(0..0x40).give(5..10);
}

/// Only two bit patterns are valid: any other must never become a `Sparse`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IoValue, IntoBytes, Immutable)]
#[repr(u16)]
enum Sparse {
    Low = 0x0001,
    High = 0x0203,
}

#[derive(Clone, Copy, IoStruct, IntoBytes, Immutable)]
#[repr(C)]
struct Sparses {
    plain: Sparse,
    swapped: Rw<Be<Sparse>>,
    all: [Le<Sparse>; 2],
}

/// A view of an enum over memory that does not contain a valid value.
#[test]
fn invalid_bits_never_become_an_enum() {
    let mut words = [0xffff_u16; 4];
    // SAFETY: the exclusive borrow of `words` covers a `Sparses`.
    let view = unsafe { SysMem::new(words.as_mut_ptr().cast::<Sparses>()) };
    let step = if cfg!(miri) { 0x1111 } else { 1 };
    for bits in (0..=u16::MAX).step_by(step).chain([0x0001, 0x0100, 0x0203, 0x0302]) {
        let known = [Sparse::Low, Sparse::High].into_iter().find(|value| *value as u16 == bits);
        // SAFETY: as above; the views are `Copy` and refer to the same memory.
        let raw = unsafe { SysMem::new(view.as_ptr().cast::<[u16; 4]>()) };
        raw.copy_from_slice(&[bits; 4]);
        assert_eq!(io_read!(view, .plain).ok(), known);
        let swapped = io_read!(view, .swapped).map_err(|unknown| unknown.raw());
        assert_eq!(swapped.map_or_else(|raw| raw, |value| value as u16), u16::from_be(bits));
        io_project!(view, .all).iter().for_each(|value| {
            let (read, le) = (value.read_val(), u16::from_le(bits));
            assert_eq!(read.is_ok(), le == 0x0001 || le == 0x0203);
        });
    }
    io_write!(view, .swapped, Sparse::Low);
    let swapped = Rw::<Be<Sparse>>::new(Sparse::Low);
    let all = [Le::new(Sparse::Low); 2];
    view.copy_write(Sparses { plain: Sparse::High, swapped, all });
    assert_eq!((io_read!(view, .plain), words[0]), (Ok(Sparse::High), 0x0203));
}

/// Copies are not atomic: two concurrent copies can leave bits that neither has written.
#[test]
fn a_torn_enum_is_an_unknown_value() {
    let mut bytes = [Sparse::Low as u16; 64];
    // SAFETY: the exclusive borrow of `bytes` covers 64 enums.
    let view = unsafe { SysMem::new((&raw mut bytes).cast::<[Sparse; 64]>()) };
    thread::scope(|scope| {
        for value in [Sparse::Low, Sparse::High] {
            scope.spawn(move || view.copy_from_slice(&[value; 64]));
        }
    });
    let numbers = view.iter().map(|value| value.read_val().unwrap_or(Sparse::Low) as u16);
    assert!(numbers.into_iter().all(|number| number == 0x0001 || number == 0x0203));
}

/// A type whose `bits` and `from_bits_retain` return wrong values.
#[derive(Clone, Copy, Debug, PartialEq, IoValue)]
#[io(bits = u16)]
#[repr(transparent)]
struct InconsistentBits(Sparse);

impl InconsistentBits {
    fn bits(&self) -> u16 {
        0xffff
    }

    fn from_bits_retain(bits: u16) -> Self {
        InconsistentBits(if bits == 0 { Sparse::Low } else { Sparse::High })
    }
}

#[test]
fn inconsistent_bit_conversions_are_accepted() {
    let mut words = [0_u16; 2];
    // SAFETY: the exclusive borrow of `words` covers two values.
    let view = unsafe { SysMem::new((&raw mut words).cast::<[Be<InconsistentBits>; 2]>()) };
    assert_eq!(io_read!(view, [0]), InconsistentBits(Sparse::Low));
    io_write!(view, [0], InconsistentBits(Sparse::Low));
    assert_eq!(io_read!(view, [0]), InconsistentBits(Sparse::High));
    let held = W1c::<Le<InconsistentBits>>::new(InconsistentBits(Sparse::Low));
    assert_eq!(held.get(), InconsistentBits(Sparse::High));
    assert_eq!(words, [0xffff, 0]);
}

/// A `Narrow` can contain any copied bytes, and decodes them.
#[test]
fn narrow_decodes_any_bytes() {
    #[derive(IoStruct, FromBytes, IntoBytes, Immutable)]
    #[repr(C)]
    struct Entry {
        mode: Ro<Le<Narrow<Sparse, u32>>>,
        same: Narrow<Sparse, u16>,
        data: Aliased<Sparse, u16>,
    }

    let mut memory = Entry::read_from_bytes(&[0xff; 8]).unwrap();
    let copy = SysMem::from_mut(&mut memory).copy_read();
    assert_eq!(copy.mode.get().map_err(|e| e.raw()), Err(0xffff));
    assert!(copy.same.get().is_err() && copy.data.get().is_err());
}
