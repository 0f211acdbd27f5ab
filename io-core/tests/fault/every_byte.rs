//! A fault at every byte of every length: the count is exact, the bytes before it are copied, and
//! nothing behind it is touched.

use rustix::param::page_size;

use crate::memory::{Access, Pages, UNTOUCHED, copy, fill, pattern};

/// Every length up to this one. Emulated, where signals take ten times as long, fewer: all blocks are
/// in them.
const LONGEST: usize = if cfg!(emulated) { 180 } else { 420 };

/// Where the other side begins: aligned, and not.
const ALIGNMENTS: [usize; 3] = [0, 1, 13];

/// Calls `check` with every length and every byte of it that may be the first to fault; a length is
/// among its own bytes, for no fault at all.
fn every_byte(mut check: impl FnMut(usize, usize)) {
    for len in 0..=LONGEST {
        for first in 0..=len {
            check(len, first);
        }
    }
}

/// At once: unoptimised loops over so many bytes take longer than the faults.
#[track_caller]
fn assert_untouched(bytes: &[u8]) {
    assert_eq!(bytes, &[UNTOUCHED; 2 * LONGEST][..bytes.len()]);
}

fn source_faults(align: usize) {
    let from = Pages::new(&[Access::Everything, Access::Nothing]);
    let bytes = pattern(LONGEST);
    let mut to = vec![UNTOUCHED; align + LONGEST + 64];
    every_byte(|len, first| {
        from.set_before(1, &bytes[..first]);
        to.fill(UNTOUCHED);
        let src = from.page(1).wrapping_sub(first);
        let done = copy(to[align..].as_mut_ptr(), src, len);
        assert_eq!(done, first, "of {len} bytes");
        assert_eq!(to[align..][..first], bytes[..first], "{first} of {len} bytes");
        assert_untouched(&to[..align]);
        assert_untouched(&to[align + first..]);
    });
}

fn destination_faults(align: usize, access: Access) {
    let to = Pages::new(&[Access::Everything, Access::Everything]);
    fill(to.page(0), UNTOUCHED, 2 * page_size());
    to.allow(1, access);
    let from = pattern(align + LONGEST);
    let from = &from[align..];
    every_byte(|len, first| {
        let dst = to.page(1).wrapping_sub(first);
        fill(dst.wrapping_sub(64), UNTOUCHED, 64 + first);
        assert_eq!(copy(dst, from.as_ptr(), len), first, "of {len} bytes");
        assert_eq!(to.bytes(dst, first), &from[..first], "{first} of {len} bytes");
        assert_untouched(to.bytes(dst.wrapping_sub(64), 64));
        if access == Access::Loads {
            assert_untouched(to.bytes(to.page(1), LONGEST));
        }
    });
}

#[test]
fn of_a_source() {
    source_faults(ALIGNMENTS[0]);
}

#[test]
fn of_a_source_misaligned() {
    source_faults(ALIGNMENTS[1]);
}

#[test]
fn of_a_source_misaligned_by_more() {
    source_faults(ALIGNMENTS[2]);
}

#[test]
fn of_a_destination() {
    destination_faults(ALIGNMENTS[0], Access::Nothing);
}

#[test]
fn of_a_destination_misaligned() {
    destination_faults(ALIGNMENTS[1], Access::Nothing);
}

#[test]
fn of_a_destination_misaligned_by_more() {
    destination_faults(ALIGNMENTS[2], Access::Nothing);
}

#[test]
fn of_a_destination_that_can_be_read() {
    destination_faults(ALIGNMENTS[0], Access::Loads);
}

#[test]
fn of_a_destination_that_can_be_read_misaligned() {
    destination_faults(ALIGNMENTS[1], Access::Loads);
}

#[test]
fn of_a_destination_that_can_be_read_misaligned_by_more() {
    destination_faults(ALIGNMENTS[2], Access::Loads);
}

#[test]
fn of_a_fill() {
    let to = Pages::new(&[Access::Everything, Access::Everything]);
    fill(to.page(0), UNTOUCHED, 2 * page_size());
    to.allow(1, Access::Loads);
    every_byte(|len, first| {
        let dst = to.page(1).wrapping_sub(first);
        fill(dst.wrapping_sub(64), UNTOUCHED, 64 + first);
        assert_eq!(fill(dst, 0x5a, len), first, "of {len} bytes");
        assert_eq!(to.bytes(dst, first), &[0x5a; LONGEST][..first], "of {len} bytes");
        assert_untouched(to.bytes(dst.wrapping_sub(64), 64));
        assert_untouched(to.bytes(to.page(1), LONGEST));
    });
}
