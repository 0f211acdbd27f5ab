//! Blocks in general registers: builds without vector registers (kernels).

use core::arch::asm;

use super::bytewise::{short_copy, short_fill};
use crate::arch::block::{block, fill_block};

block!(
    /// Sixteen bytes.
    copy_16: "mov {a}, [{s}]" "mov {b}, [{s} + 8]" "mov [{d}], {a}" "mov [{d} + 8], {b}";
    a = out(reg) _, b = out(reg) _
);
block!(
    /// 32 bytes.
    copy_32: "mov {a}, [{s}]" "mov {b}, [{s} + 8]" "mov {e}, [{s} + 16]" "mov {f}, [{s} + 24]"
        "mov [{d}], {a}" "mov [{d} + 8], {b}" "mov [{d} + 16], {e}" "mov [{d} + 24], {f}";
    a = out(reg) _, b = out(reg) _, e = out(reg) _, f = out(reg) _
);

/// 64 bytes.
///
/// # Safety
///
/// `src` is valid for loads and `dst` for stores of the block's size.
#[inline(always)]
pub(in crate::arch) unsafe fn copy_64(dst: *mut u8, src: *const u8) {
    // SAFETY: the first half.
    unsafe { copy_32(dst, src) };
    // SAFETY: the second half.
    unsafe { copy_32(dst.wrapping_add(32), src.wrapping_add(32)) };
}

fill_block!(
    /// Sixteen bytes.
    fill_16: "mov [{d}], {w}" "mov [{d} + 8], {w}"
);
fill_block!(
    /// 32 bytes.
    fill_32: "mov [{d}], {w}" "mov [{d} + 8], {w}" "mov [{d} + 16], {w}" "mov [{d} + 24], {w}"
);
fill_block!(
    /// 64 bytes.
    fill_64: "mov [{d}], {w}" "mov [{d} + 8], {w}" "mov [{d} + 16], {w}" "mov [{d} + 24], {w}"
        "mov [{d} + 32], {w}" "mov [{d} + 40], {w}" "mov [{d} + 48], {w}" "mov [{d} + 56], {w}"
);

/// From here on a string instruction is faster than a loop.
///
/// `movsq`, not `movsb`: it is as fast on processors with fast byte strings,
/// and several times faster on older ones and on emulators.
const STRING_FROM: usize = 512;

/// Copies any number of bytes.
///
/// # Safety
///
/// As [`copy`](crate::arch::copy).
#[inline(never)]
pub(in crate::arch) unsafe fn long_copy(mut dst: *mut u8, mut src: *const u8, mut left: usize) {
    // Where the destination lies just behind the source in its page, string
    // instructions are up to 27 times slower (Zen 3, Zen 4).
    let aliased = dst.addr().wrapping_sub(src.addr()).wrapping_sub(1) & 4095 < 31;
    if left >= STRING_FROM && !aliased {
        // SAFETY: as many eight bytes as `left` holds; the direction flag is
        // clear, as it is at the start of every `asm!`.
        unsafe {
            asm!("rep movsq", inout("rcx") left / 8 => _, inout("rdi") dst => dst,
                inout("rsi") src => src, options(nostack, preserves_flags));
        }
        left %= 8;
    }
    while left >= 64 {
        // SAFETY: 64 bytes are left.
        unsafe { copy_64(dst, src) };
        (dst, src, left) = (dst.wrapping_add(64), src.wrapping_add(64), left - 64);
    }
    // SAFETY: less than 64 bytes are left.
    unsafe { short_copy(dst, src, left) };
}

/// Fills any number of bytes with those of `word`,
/// which are all the same.
///
/// # Safety
///
/// As [`fill`](crate::arch::fill).
#[inline(never)]
pub(in crate::arch) unsafe fn long_fill(mut dst: *mut u8, word: usize, mut left: usize) {
    if left >= STRING_FROM {
        // SAFETY: as many eight bytes as `left` holds; the direction flag is
        // clear, as it is at the start of every `asm!`.
        unsafe {
            asm!("rep stosq", inout("rcx") left / 8 => _, inout("rdi") dst => dst,
                in("rax") word, options(nostack, preserves_flags));
        }
        left %= 8;
    }
    while left >= 64 {
        // SAFETY: 64 bytes are left.
        unsafe { fill_64(dst, word) };
        (dst, left) = (dst.wrapping_add(64), left - 64);
    }
    // SAFETY: less than 64 bytes are left.
    unsafe { short_fill(dst, word, left) };
}
