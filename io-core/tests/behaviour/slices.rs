//! Parts of slice and array views (rows `len`, `is_empty`; the others have no counterpart in the
//! kernel), on a device that logs accesses.

use io_core::{OutOfBound, prelude::*};
use io_sim::SimView;

use crate::support::{
    logger::{
        Access::{R, W},
        Bench, bench, fresh, log,
    },
    panics::assert_panics,
};

#[derive(IoStruct, zerocopy::FromBytes)]
#[repr(C)]
struct Slot {
    key: Le<u16>,
    value: Le<u16>,
}

#[derive(IoStruct)]
#[repr(C)]
struct Table {
    head: Le<u32>,
    slots: [Slot; 5],
    none: [Slot; 0],
}

fn table() -> Bench<Table> {
    bench()
}

fn slots(dev: &Bench<Table>) -> SimView<'_, [Slot]> {
    io_project!(dev, .slots).as_slice()
}

/// Returns the offset of a slot, from a read of its key.
fn offset(dev: &Bench<Table>, slot: SimView<'_, Slot>) -> usize {
    io_read!(slot, .key);
    let [R(offset, 16, _)] = log(dev)[..] else {
        panic!("expected one read");
    };
    offset
}

#[test]
fn views_have_the_length_of_the_part() {
    let dev = table();
    let array = io_project!(&dev, .slots);
    assert_eq!((array.len(), array.is_empty(), array.size()), (5, false, 20));
    let slice = array.as_slice();
    assert_eq!((slice.len(), slice.is_empty(), slice.size()), (5, false, 20));
    let part = io_project!(slice, [panic: 3..]);
    assert_eq!((part.len(), part.is_empty(), part.size()), (2, false, 8));
    let none = io_project!(&dev, .none);
    assert_eq!((none.len(), none.is_empty(), none.size()), (0, true, 0));
    assert_eq!((none.as_slice().len(), none.as_slice().is_empty()), (0, true));
    assert_eq!(log(&dev), []);
}

#[test]
fn get_first_and_last_return_elements() {
    let dev = table();
    for slots in [slots(&dev), io_project!(&dev, .slots).as_slice()] {
        for i in 0..5 {
            assert_eq!(offset(&dev, slots.get(i).unwrap()), 4 + 4 * i);
            assert_eq!(offset(&dev, slots.try_get(i).unwrap()), 4 + 4 * i);
        }
        assert!(slots.get(5).is_none());
        assert_eq!(slots.try_get(7).unwrap_err(), OutOfBound { start: 7, end: 8, len: 5 });
        assert_eq!(offset(&dev, slots.first().unwrap()), 4);
        assert_eq!(offset(&dev, slots.last().unwrap()), 20);
        assert_eq!(offset(&dev, slots.get(1..3).unwrap().last().unwrap()), 12);
    }
    let none = io_project!(&dev, .none);
    assert!(none.first().is_none() && none.last().is_none() && none.get(0).is_none());
    assert_eq!(none.get(..).unwrap().len(), 0);
    assert_eq!(log(&dev), []);
}

#[test]
fn iteration_visits_every_element_in_order() {
    let dev = table();
    let forward: Vec<_> = slots(&dev).iter().map(|slot| offset(&dev, slot)).collect();
    assert_eq!(forward, [4, 8, 12, 16, 20]);
    let back: Vec<_> = slots(&dev).iter().rev().map(|slot| offset(&dev, slot)).collect();
    assert_eq!(back, [20, 16, 12, 8, 4]);
    let array: Vec<_> = io_project!(&dev, .slots).iter().map(|slot| offset(&dev, slot)).collect();
    assert_eq!(array, forward);
    assert_eq!(log(&dev), []);
}

#[test]
fn iteration_from_both_ends_meets_in_the_middle() {
    let dev = table();
    let mut iter = slots(&dev).iter();
    assert_eq!((iter.len(), iter.size_hint()), (5, (5, Some(5))));
    assert_eq!(iter.next().map(|slot| offset(&dev, slot)), Some(4));
    assert_eq!(iter.next_back().map(|slot| offset(&dev, slot)), Some(20));
    assert_eq!(iter.next_back().map(|slot| offset(&dev, slot)), Some(16));
    assert_eq!((iter.len(), iter.size_hint()), (2, (2, Some(2))));
    assert_eq!(iter.next().map(|slot| offset(&dev, slot)), Some(8));
    assert_eq!(iter.next().map(|slot| offset(&dev, slot)), Some(12));
    for _ in 0..2 {
        assert_eq!((iter.len(), iter.size_hint()), (0, (0, Some(0))));
        assert!(iter.next().is_none() && iter.next_back().is_none());
    }
    assert_eq!(slots(&dev).iter().nth(3).map(|slot| offset(&dev, slot)), Some(16));
    assert_eq!(slots(&dev).iter().count(), 5);
    assert!(io_project!(&dev, .none).iter().next().is_none());
}

#[test]
fn elements_are_written_at_their_offsets() {
    let dev = table();
    for (i, slot) in slots(&dev).iter().enumerate() {
        io_write!(slot, .value, i as u16);
    }
    let written: Vec<_> = (0..5).map(|i| W(6 + 4 * i, 16, i as u64)).collect();
    assert_eq!(log(&dev), written);
}

fn offsets(dev: &Bench<Table>, part: SimView<'_, [Slot]>) -> Vec<usize> {
    part.iter().map(|slot| offset(dev, slot)).collect()
}

#[test]
fn split_at_returns_both_parts() {
    let dev = table();
    let all = [4, 8, 12, 16, 20];
    for at in 0..=5 {
        let (low, high) = slots(&dev).split_at(at);
        assert_eq!((low.len(), high.len()), (at, 5 - at));
        assert_eq!((offsets(&dev, low), offsets(&dev, high)), (all[..at].into(), all[at..].into()));
        let (low, high) = io_project!(&dev, .slots).try_split_at(at).unwrap();
        assert_eq!((offsets(&dev, low), offsets(&dev, high)), (all[..at].into(), all[at..].into()));
    }
    for at in [6, usize::MAX] {
        let error = slots(&dev).try_split_at(at).unwrap_err();
        assert_eq!(error, OutOfBound { start: 0, end: at, len: 5 });
    }
    assert_panics!("range end index 6 out of range for slice of length 5", slots(&dev).split_at(6));
    assert_eq!(log(&dev), []);
}

#[test]
fn chunks_match_those_of_a_slice() {
    let dev = table();
    for size in 1..=6 {
        let chunks: Vec<_> = slots(&dev).chunks(size).map(|c| offsets(&dev, c)).collect();
        let expected: Vec<_> = [4, 8, 12, 16, 20].chunks(size).map(Vec::from).collect();
        assert_eq!(chunks, expected);
        let mut chunks = slots(&dev).chunks(size);
        for left in (0..=expected.len()).rev() {
            assert_eq!((chunks.len(), chunks.size_hint()), (left, (left, Some(left))));
            assert_eq!(chunks.next().is_some(), left > 0);
        }
        assert!(chunks.next().is_none());
    }
    assert_eq!(slots(&dev).chunks(usize::MAX).map(|c| c.len()).collect::<Vec<_>>(), [5]);
    assert_eq!(io_project!(&dev, .none).chunks(1).count(), 0);
    assert_panics!("chunk size must be non-zero", slots(&dev).chunks(0));
}

#[test]
fn fill_accesses_each_field_by_its_own_width() {
    let dev = table();
    io_project!(&dev, .slots[build: 1..3]).fill(0xa5);
    io_project!(&dev, .slots[4]).fill(1);
    io_project!(&dev, .slots[0].value).fill(2);
    io_project!(&dev, .none).fill(3);
    assert_eq!(
        log(&dev),
        [
            W(0x8, 16, 0xa5a5),
            W(0xa, 16, 0xa5a5),
            W(0xc, 16, 0xa5a5),
            W(0xe, 16, 0xa5a5),
            W(0x14, 16, 0x0101),
            W(0x16, 16, 0x0101),
            W(0x6, 16, 0x0202),
        ]
    );
}

#[test]
fn parts_of_parts_have_absolute_offsets() {
    let dev = table();
    let part = slots(&dev).get(1..).unwrap();
    assert_eq!(offsets(&dev, part.as_slice()), [8, 12, 16, 20]);
    assert_eq!(offsets(&dev, part.get(..=1).unwrap()), [8, 12]);
    assert_eq!(part.try_get(2..9).unwrap_err(), OutOfBound { start: 2, end: 9, len: 4 });
    io_read!(part, [panic: 3].value);
    assert_eq!(log(&dev), [fresh(0x16, 16)]);
}
