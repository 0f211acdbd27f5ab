//! Safe code that tries to break unsafe code; under Miri it would show.

use core::cell::Cell;

use io_core::{A1, CopyError, Error, FreeList, OutOfBound, SysMemBackend, prelude::*};

/// Safe to write, and never the same view twice: short, long, short, …
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

/// Runs `check` with the short view first, then with the long one first.
fn flips(check: impl Fn(Flip<'_>)) {
    let (mut short, mut long) = ([0; 8], [0; 4096]);
    for turn in [0, 1] {
        let views = [SysMem::from_mut_slice(&mut short), SysMem::from_mut_slice(&mut long)];
        check(Flip { turn: &Cell::new(turn), views });
    }
}

#[test]
fn lengths_and_copies_are_of_one_view() {
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
fn casts_are_of_one_view() {
    flips(|flip| match flip.try_cast::<[u8; 100]>() {
        Ok(view) => view.fill(1),
        Err(error) => assert_eq!(error, Error::OutOfRange { offset: 0, size: 100, limit: 8 }),
    });
    flips(|flip| flip.try_cast_slice::<i8>().unwrap().fill(2));
    flips(|flip| {
        let region = flip.try_region::<0, A1>().unwrap();
        region.write8(region.size() - 1, 3);
    });
}

#[test]
fn splits_are_of_one_view() {
    flips(|flip| match flip.try_split_at(100) {
        Ok((low, high)) => {
            low.fill(1);
            high.fill(2);
        }
        Err(error) => assert_eq!(error, OutOfBound { start: 0, end: 100, len: 8 }),
    });
}

#[test]
fn a_range_that_was_iterated_is_empty() {
    let (mut memory, mut range) = ([0_u32; 4], 0..=1);
    let view = SysMem::from_mut_slice(&mut memory);
    assert_eq!(range.by_ref().count(), 2);
    assert_eq!(view.get(range.clone()).unwrap().len(), [0; 4][range].len());
}

#[test]
fn a_free_list_hands_out_nothing_for_nothing() {
    let mut free = FreeList::new(0x11..0x40);
    assert_eq!((free.take(0, 0x10), free.take(0x2f, 1)), (None, Some(0x11)));
}

#[test]
#[should_panic(expected = "5..10 is free already")]
fn bytes_are_freed_once() {
    FreeList::new(0..0x40).give(5..10);
}
