//! Blocks in vector registers: programs of an operating system, whose memory
//! takes any alignment.

use super::bytewise::{short_copy, short_fill};
use crate::arch::block::{block, fill_block};

block!(
    /// Sixteen bytes.
    copy_16: "ldr {a:q}, [{s}]" "str {a:q}, [{d}]";
    a = out(vreg) _
);
block!(
    /// 32 bytes.
    copy_32: "ldp {a:q}, {b:q}, [{s}]" "stp {a:q}, {b:q}, [{d}]";
    a = out(vreg) _, b = out(vreg) _
);
block!(
    /// 64 bytes.
    copy_64: "ldp {a:q}, {b:q}, [{s}]" "ldp {e:q}, {f:q}, [{s}, #32]"
        "stp {a:q}, {b:q}, [{d}]" "stp {e:q}, {f:q}, [{d}, #32]";
    a = out(vreg) _, b = out(vreg) _, e = out(vreg) _, f = out(vreg) _
);

fill_block!(
    /// One byte.
    fill_1: "strb {w:w}, [{d}]"
);
fill_block!(
    /// Two bytes.
    fill_2: "strh {w:w}, [{d}]"
);
fill_block!(
    /// Four bytes.
    fill_4: "str {w:w}, [{d}]"
);
fill_block!(
    /// Sixteen bytes.
    fill_16: "stp {w}, {w}, [{d}]"
);
fill_block!(
    /// 32 bytes.
    fill_32: "stp {w}, {w}, [{d}]" "stp {w}, {w}, [{d}, #16]"
);
fill_block!(
    /// 64 bytes.
    fill_64: "stp {w}, {w}, [{d}]" "stp {w}, {w}, [{d}, #16]"
        "stp {w}, {w}, [{d}, #32]" "stp {w}, {w}, [{d}, #48]"
);

/// From here on it pays to align the stores first.
const ALIGN_FROM: usize = 512;

/// Copies any number of bytes.
///
/// # Safety
///
/// As [`copy`](crate::arch::copy).
#[inline(never)]
pub(in crate::arch) unsafe fn long_copy(mut dst: *mut u8, mut src: *const u8, mut left: usize) {
    let head = if left >= ALIGN_FROM { dst.addr().wrapping_neg() & 15 } else { 0 };
    // SAFETY: `head` is less than `left`.
    unsafe { short_copy(dst, src, head) };
    (dst, src, left) = (dst.wrapping_add(head), src.wrapping_add(head), left - head);
    while left >= 64 {
        // SAFETY: 64 bytes are left.
        unsafe { copy_64(dst, src) };
        (dst, src, left) = (dst.wrapping_add(64), src.wrapping_add(64), left - 64);
    }
    // SAFETY: less than 64 bytes are left.
    unsafe { short_copy(dst, src, left) };
}

/// Fills any number of bytes with those of `word`, which are all the same.
///
/// # Safety
///
/// As [`fill`](crate::arch::fill).
#[inline(never)]
pub(in crate::arch) unsafe fn long_fill(mut dst: *mut u8, word: usize, mut left: usize) {
    while left >= 64 {
        // SAFETY: 64 bytes are left.
        unsafe { fill_64(dst, word) };
        (dst, left) = (dst.wrapping_add(64), left - 64);
    }
    // SAFETY: less than 64 bytes are left.
    unsafe { short_fill(dst, word, left) };
}
