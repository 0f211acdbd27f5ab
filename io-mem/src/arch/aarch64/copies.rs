//! Byte-wise copies and fills: in vector registers for programs of an operating system, whose
//! memory supports any alignment, and by aligned words on bare metal.

#[cfg_attr(target_os = "none", path = "../aligned.rs")]
#[cfg_attr(not(target_os = "none"), path = "../unaligned.rs")]
mod bytewise;

use crate::arch::blocks::{block, fill_block};

pub use bytewise::{copy, fill};

#[cfg(not(target_os = "none"))]
use vectors::{
    copy_16, copy_32, copy_64, fill_1, fill_2, fill_4, fill_16, fill_32, fill_64, long_copy,
    long_fill,
};
#[cfg(target_os = "none")]
use {
    copy_8 as copy_word, fill_8 as fill_word,
    words::{copy_32 as copy_words, copy_bytes, fill_32 as fill_words, fill_bytes},
};

block!(
    /// One byte.
    copy_1: "ldrb {a:w}, [{s}]" "strb {a:w}, [{d}]";
    a = out(reg) _
);
block!(
    /// Two bytes.
    copy_2: "ldrh {a:w}, [{s}]" "strh {a:w}, [{d}]";
    a = out(reg) _
);
block!(
    /// Four bytes.
    copy_4: "ldr {a:w}, [{s}]" "str {a:w}, [{d}]";
    a = out(reg) _
);
block!(
    /// Eight bytes.
    copy_8: "ldr {a}, [{s}]" "str {a}, [{d}]";
    a = out(reg) _
);

fill_block!(
    /// Eight bytes.
    fill_8: "str {w}, [{d}]"
);

/// Blocks in vector registers.
#[cfg(not(target_os = "none"))]
mod vectors {
    use super::{
        block,
        bytewise::{short_copy, short_fill},
        fill_block,
    };

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

    /// The length from which on it is faster to align the stores first.
    const ALIGN_FROM: usize = 512;

    /// Copies any number of bytes.
    ///
    /// # Safety
    ///
    /// The requirements of [`copy`](crate::arch::copy) must hold.
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
        // SAFETY: exactly `left` bytes, less than 64, are left.
        unsafe { short_copy(dst, src, left) };
    }

    /// Fills any number of bytes with the bytes of `word`, which are all equal.
    ///
    /// # Safety
    ///
    /// The requirements of [`fill`](crate::arch::fill) must hold.
    #[inline(never)]
    pub(in crate::arch) unsafe fn long_fill(mut dst: *mut u8, word: usize, mut left: usize) {
        while left >= 64 {
            // SAFETY: 64 bytes are left.
            unsafe { fill_64(dst, word) };
            (dst, left) = (dst.wrapping_add(64), left - 64);
        }
        // SAFETY: exactly `left` bytes, less than 64, are left.
        unsafe { short_fill(dst, word, left) };
    }
}

/// Blocks of four aligned words, and loops over bytes.
#[cfg(target_os = "none")]
mod words {
    use super::{block, fill_block};
    use crate::arch::blocks::byte_loops;

    block!(
        /// 32 bytes.
        copy_32: "ldp {a}, {b}, [{s}]" "ldp {e}, {f}, [{s}, #16]"
            "stp {a}, {b}, [{d}]" "stp {e}, {f}, [{d}, #16]";
        a = out(reg) _, b = out(reg) _, e = out(reg) _, f = out(reg) _
    );

    fill_block!(
        /// 32 bytes.
        fill_32: "stp {w}, {w}, [{d}]" "stp {w}, {w}, [{d}, #16]"
    );

    byte_loops!(
        "2: cmp {d}, {e}" "b.eq 3f" "ldrb {a:w}, [{s}], #1" "strb {a:w}, [{d}], #1" "b 2b" "3:";
        "2: cmp {d}, {e}" "b.eq 3f" "strb {w:w}, [{d}], #1" "b 2b" "3:"
    );
}
