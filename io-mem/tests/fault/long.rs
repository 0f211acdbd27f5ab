//! Lengths of many blocks, holes, and memory that becomes accessible again.

use rustix::param::page_size;

use crate::memory::{Access, Pages, UNTOUCHED, copy, fill, pattern};

/// Lengths around each power of two, and where blocks and alignment change.
fn lengths() -> impl Iterator<Item = usize> {
    [511, 512, 513, 543, 639, 640, 1000, 1023, 1024, 1025, 2047, 3000, 4095, 4096, 4097, 5000]
        .into_iter()
}

/// Numbers of bytes before a fault: near both ends, and some odd ones in between.
fn firsts(len: usize) -> impl Iterator<Item = usize> {
    (0..140).chain((140..len).step_by(61)).chain(len.saturating_sub(140)..=len)
}

#[test]
fn a_long_source_may_fault_at_any_byte() {
    let from = Pages::new(&[Access::Everything, Access::Everything, Access::Nothing]);
    let bytes = pattern(5000);
    let mut to = vec![UNTOUCHED; 5100];
    for len in lengths() {
        for first in firsts(len) {
            from.set_before(2, &bytes[..first]);
            to.fill(UNTOUCHED);
            let done = copy(to[first % 37..].as_mut_ptr(), from.page(2).wrapping_sub(first), len);
            assert_eq!(done, first, "of {len} bytes");
            assert_eq!(to[first % 37..][..first], bytes[..first], "{first} of {len} bytes");
            assert_eq!(to[first % 37 + first..], vec![UNTOUCHED; 5100 - first % 37 - first]);
        }
    }
}

#[test]
fn a_long_destination_may_fault_at_any_byte() {
    let to = Pages::new(&[Access::Everything; 4]);
    fill(to.page(0), UNTOUCHED, 4 * page_size());
    to.allow(2, Access::Loads);
    to.allow(3, Access::Loads);
    let untouched = vec![UNTOUCHED; 2 * page_size()];
    let from = pattern(5100);
    for len in lengths() {
        for first in firsts(len) {
            let from = &from[first % 41..];
            let dst = to.page(2).wrapping_sub(first);
            assert_eq!(fill(dst, UNTOUCHED, first), first);
            assert_eq!(copy(dst, from.as_ptr(), len), first, "of {len} bytes");
            assert_eq!(to.bytes(dst, first), &from[..first], "{first} of {len} bytes");
            assert_eq!(to.bytes(to.page(2), 2 * page_size()), untouched);
            assert_eq!(fill(dst, 7, len), first, "a fill of {len} bytes");
            assert_eq!(to.bytes(dst, first), vec![7; first], "{first} of {len} bytes");
            assert_eq!(to.bytes(to.page(2), 2 * page_size()), untouched);
        }
    }
}

/// No byte after a faulting byte is stored to, whether the access begins before the hole or in it.
#[test]
fn bytes_after_a_hole_are_not_stored() {
    let to = Pages::new(&[Access::Everything; 3]);
    fill(to.page(0), UNTOUCHED, 3 * page_size());
    to.allow(1, Access::Loads);
    let untouched = vec![UNTOUCHED; 2 * page_size()];
    let from = pattern(2 * page_size());
    for len in (0..=300).chain([1000, page_size(), page_size() + 300]) {
        // To the page after the hole: no byte is done.
        for inside in 1..=len.min(page_size()) {
            let dst = to.page(2).wrapping_sub(inside);
            assert_eq!(copy(dst, from.as_ptr(), len), 0, "{len} bytes, {inside} of them faulting");
            assert_eq!(fill(dst, 1, len), 0, "{len} bytes, {inside} of them faulting");
        }
        assert_eq!(to.bytes(to.page(1), 2 * page_size()), untouched, "{len} bytes");
    }
    // Across the whole hole.
    for first in 0..200 {
        let (dst, len) = (to.page(1).wrapping_sub(first), page_size() + 200 + first);
        assert_eq!(copy(dst, from.as_ptr(), len), first);
        assert_eq!(to.bytes(to.page(1), 2 * page_size()), untouched, "{first} of {len} bytes");
    }
}

/// Both sides fault, at different bytes: the first fault determines the count.
#[test]
fn the_first_fault_of_either_side_determines_the_count() {
    let from = Pages::new(&[Access::Everything, Access::Nothing]);
    let to = Pages::new(&[Access::Everything, Access::Nothing]);
    let bytes = pattern(300);
    for source in (0..300).step_by(7) {
        for destination in (0..300).step_by(11) {
            from.set_before(1, &bytes[..source]);
            let dst = to.page(1).wrapping_sub(destination);
            let done = copy(dst, from.page(1).wrapping_sub(source), 300);
            assert_eq!(done, source.min(destination), "{source} and {destination}");
            assert_eq!(to.bytes(dst, done), &bytes[..done]);
        }
    }
}

#[test]
fn copies_without_a_fault_change_only_their_range() {
    let bytes = pattern(700);
    for len in 0..=600 {
        for (from, to) in [(0, 0), (1, 0), (0, 1), (3, 13), (31, 7)] {
            let mut place = [UNTOUCHED; 700];
            assert_eq!(copy(place[to..].as_mut_ptr(), bytes[from..].as_ptr(), len), len);
            assert_eq!(place[to..][..len], bytes[from..][..len], "{len} bytes");
            assert_eq!(place[..to], [UNTOUCHED; 700][..to], "{len} bytes");
            assert_eq!(place[to + len..], [UNTOUCHED; 700][to + len..], "{len} bytes");
            assert_eq!(fill(place[to..].as_mut_ptr(), 7, len), len);
            assert_eq!(place[to..][..len], [7; 700][..len], "{len} bytes");
            assert_eq!(place[to + len..], [UNTOUCHED; 700][to + len..], "{len} bytes");
        }
    }
}
