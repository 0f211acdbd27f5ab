//! Copies of memory: each byte loaded once and stored once, going up.

use io_core::prelude::*;

use crate::{
    accesses::Kind::{Load, Store},
    rules::each_byte_once,
    touches::{Place, Room, touches},
};

/// Offsets from a page.
const OFFSETS: [usize; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 15, 31, 63];

const LARGE: [usize; 9] = [511, 512, 513, 1023, 1024, 1025, 4095, 4096, 4097];

fn view(place: Place<'_>) -> SysMem<'_, [u8]> {
    // SAFETY: memory of the test, which uses it through the view meanwhile.
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

/// Each length with each offset of the source and each of the destination; over
/// the lengths, every pair of offsets.
fn check_copies(copy: fn(Place<'_>, Place<'_>)) {
    let rooms = [Room::new(5000), Room::new(5000)];
    for len in (0..=300).chain(LARGE) {
        for (i, offset) in OFFSETS.into_iter().enumerate() {
            let other = OFFSETS[(i + len) % OFFSETS.len()];
            check_copy(copy, rooms[0].place(offset, len), rooms[1].place(other, len));
        }
    }
}

#[test]
fn copies_out_of_memory() {
    check_copies(copies_out);
}

#[test]
fn copies_into_memory() {
    check_copies(copies_in);
}

#[test]
fn fills_of_memory() {
    let room = Room::new(5000);
    for len in (0..=300).chain(LARGE) {
        for offset in OFFSETS {
            let place = room.place(offset, len).put(0xa5);
            let [stores] = touches([place], || view(place).fill(0x3c)).expect("known instructions");
            assert_eq!(each_byte_once(&stores, len, Store), Ok(()), "{len} at {offset}");
            assert_eq!(place.bytes(), vec![0x3c; len], "{len} at {offset}");
        }
    }
}

/// Where repeated string instructions are slow, a copy may take another way.
#[test]
fn copies_between_the_same_parts_of_pages() {
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
