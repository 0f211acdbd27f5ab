//! Copies of memory: each byte is loaded once and stored once, in ascending order.

use io_core::{
    bytewise::{atomic_per_byte_memcpy, atomic_per_byte_memset},
    fault::{FaultBackend, RecoveryTable},
    prelude::*,
};

use crate::{
    IS_OPTIMISED,
    accesses::Kind::{Load, Store},
    rules::each_byte_once,
    touches::{Place, Room, touches},
};

/// Offsets from the start of a page.
const OFFSETS: [usize; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 15, 31, 63];

/// Without optimisation, which does not change the `asm!`, some of the longer lengths are left out.
fn lens() -> impl Iterator<Item = usize> {
    let step = if IS_OPTIMISED { 1 } else { 7 };
    let short = (0..160).chain((160..=300).step_by(step));
    short.chain([511, 512, 513, 1023, 1024, 1025, 4095, 4096, 4097])
}

/// Returns `pairs` pairs of offsets of source and destination for a length. Over 144 lengths, every
/// pair occurs.
fn offsets(len: usize, pairs: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..pairs).map(move |i| {
        let from = i * OFFSETS.len() / pairs + len;
        (OFFSETS[from % OFFSETS.len()], OFFSETS[(from + len / 12) % OFFSETS.len()])
    })
}

fn view(place: Place<'_>) -> SysMem<'_, [u8]> {
    // SAFETY: the test owns the memory, and accesses it only through the view for this time.
    unsafe { SysMem::new(core::ptr::slice_from_raw_parts_mut(place.ptr(), place.len)) }
}

fn copies_out(from: Place<'_>, to: Place<'_>) {
    view(from).copy_to_slice(to.slice());
}

fn copies_in(from: Place<'_>, to: Place<'_>) {
    view(to).copy_from_slice(from.slice());
}

#[track_caller]
fn check_copy(copy: fn(Place<'_>, Place<'_>), from: Place<'_>, to: Place<'_>) {
    let (case, len) = ((from.ptr(), to.ptr(), from.len), from.len);
    let expected = from.put(0x5a).bytes();
    to.put(0xa5);
    let [loads, stores] = touches([from, to], || copy(from, to)).expect("known instructions");
    assert_eq!(each_byte_once(&loads, len, Load), Ok(()), "{case:?}");
    assert_eq!(each_byte_once(&stores, len, Store), Ok(()), "{case:?}");
    assert_eq!((from.bytes(), to.bytes()), (expected.clone(), expected), "{case:?}");
}

fn check_copies(copy: fn(Place<'_>, Place<'_>), pairs: usize) {
    let rooms = [Room::new(5000), Room::new(5000)];
    for len in lens() {
        for (from, to) in offsets(len, pairs) {
            check_copy(copy, rooms[0].place(from, len), rooms[1].place(to, len));
        }
    }
}

fn check_fills(fill: fn(Place<'_>, u8), pairs: usize) {
    let room = Room::new(5000);
    for len in lens() {
        for (offset, _) in offsets(len, pairs) {
            let place = room.place(offset, len).put(0xa5);
            let [stores] = touches([place], || fill(place, 0x3c)).expect("known instructions");
            assert_eq!(each_byte_once(&stores, len, Store), Ok(()), "{len} at {offset}");
            assert_eq!(place.bytes(), vec![0x3c; len], "{len} at {offset}");
        }
    }
}

#[test]
fn atomic_per_byte_memcpy_accesses_each_byte_once() {
    let copy = |from: Place<'_>, to: Place<'_>| {
        // SAFETY: two places of the same length, which do not overlap.
        unsafe { atomic_per_byte_memcpy(to.ptr(), from.ptr(), from.len) };
    };
    check_copies(copy, if IS_OPTIMISED { 12 } else { 3 });
}

/// Copies that do not fault.
#[test]
fn fallible_copies_access_each_byte_once() {
    let copy = |from: Place<'_>, to: Place<'_>| {
        // SAFETY: two places of the same length, which do not overlap or fault.
        let done = unsafe { RecoveryTable::copy(to.ptr(), from.ptr(), from.len) };
        assert_eq!(done, from.len);
    };
    check_copies(copy, if IS_OPTIMISED { 12 } else { 1 });
}

/// Fills that do not fault.
#[test]
fn fallible_fills_store_each_byte_once() {
    let fill = |place: Place<'_>, byte| {
        // SAFETY: the place has this length and does not fault.
        let done = unsafe { RecoveryTable::fill(place.ptr(), byte, place.len) };
        assert_eq!(done, place.len);
    };
    check_fills(fill, if IS_OPTIMISED { 12 } else { 1 });
}

#[test]
fn atomic_per_byte_memset_stores_each_byte_once() {
    let fill = |place: Place<'_>, byte| {
        // SAFETY: the place has this length.
        unsafe { atomic_per_byte_memset(place.ptr(), byte, place.len) };
    };
    check_fills(fill, if IS_OPTIMISED { 12 } else { 2 });
}

#[test]
fn copies_out_of_views_access_each_byte_once() {
    check_copies(copies_out, if IS_OPTIMISED { 4 } else { 1 });
}

#[test]
fn copies_into_views_access_each_byte_once() {
    check_copies(copies_in, if IS_OPTIMISED { 4 } else { 1 });
}

#[test]
fn fills_of_views_store_each_byte_once() {
    check_fills(|place, byte| view(place).fill(byte), if IS_OPTIMISED { 4 } else { 1 });
}

/// Every pair of offsets, at lengths of every kind.
#[test]
fn copies_between_every_pair_of_offsets_access_each_byte_once() {
    let rooms = [Room::new(5000), Room::new(5000)];
    let lens: &[usize] = if IS_OPTIMISED { &[1, 7, 31, 64, 65, 127, 128, 600] } else { &[63, 600] };
    let copy = |from: Place<'_>, to: Place<'_>| {
        // SAFETY: two places of the same length, which do not overlap.
        unsafe { atomic_per_byte_memcpy(to.ptr(), from.ptr(), from.len) };
    };
    for &len in lens {
        for from in OFFSETS {
            for to in OFFSETS {
                check_copy(copy, rooms[0].place(from, len), rooms[1].place(to, len));
            }
        }
    }
}

/// Copies for which another code path may be used, where repeated string instructions are slow.
#[test]
fn page_aliased_copies_access_each_byte_once() {
    let rooms = [Room::new(9000), Room::new(9000)];
    for delta in [0, 1, 7, 8, 15, 16, 30, 31, 32] {
        for (offset, len) in [(0, 4096), (5, 4097), (63, 8192)] {
            for copy in [copies_out, copies_in] {
                let (from, to) = (rooms[0].place(offset, len), rooms[1].place(offset + delta, len));
                check_copy(copy, from, to);
            }
        }
    }
}
