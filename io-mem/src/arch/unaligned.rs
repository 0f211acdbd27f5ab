//! Byte-wise copies for memory that supports any alignment: blocks of descending size, at ascending
//! addresses.
//!
//! The tail is copied by smaller blocks. It must not overlap bytes that were already stored, as in
//! many implementations of `memcpy`: if a device stored to such a byte between the two stores, its
//! value would be overwritten.

use super::{
    copy_1, copy_2, copy_4, copy_8, copy_16, copy_32, copy_64, fill_1, fill_2, fill_4, fill_8,
    fill_16, fill_32, fill_64, long_copy, long_fill,
};

/// The largest number of bytes that is copied inline. Longer copies call a function.
const INLINE: usize = 127;

/// Copies `len` bytes.
///
/// # Safety
///
/// * `src` must be valid for loads of `len` bytes, and `dst` for stores of `len` bytes. Others may
///   load and store these bytes at the same time.
/// * `src` and `dst` must not overlap.
#[inline(always)]
pub unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) {
    if len <= INLINE {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { short_copy(dst, src, len) };
    } else {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { long_copy(dst, src, len) };
    }
}

/// Stores `byte` to `len` bytes.
///
/// # Safety
///
/// `dst` must be valid for stores of `len` bytes. Others may load and store these bytes at the same
/// time.
#[inline(always)]
pub unsafe fn fill(dst: *mut u8, byte: u8, len: usize) {
    let word = usize::from_ne_bytes([byte; size_of::<usize>()]);
    if len <= INLINE {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { short_fill(dst, word, len) };
    } else {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { long_fill(dst, word, len) };
    }
}

/// Copies `len % 128` bytes: without branches if `len` is a constant.
///
/// # Safety
///
/// The requirements of [`copy`] must hold for `len % 128` bytes.
#[inline(always)]
pub(super) unsafe fn short_copy(mut dst: *mut u8, mut src: *const u8, len: usize) {
    macro_rules! step {
        ($size:literal $block:ident) => {
            if len & $size != 0 {
                // SAFETY: the higher bits are done, so at least this many bytes are left.
                unsafe { $block(dst, src) };
                (dst, src) = (dst.wrapping_add($size), src.wrapping_add($size));
            }
        };
    }
    step!(64 copy_64);
    // Powers of two need no further checks.
    if len & 127 == 64 {
        return;
    }
    step!(32 copy_32);
    step!(16 copy_16);
    if len & 15 == 0 {
        return;
    }
    step!(8 copy_8);
    step!(4 copy_4);
    step!(2 copy_2);
    if len & 1 != 0 {
        // SAFETY: one byte is left.
        unsafe { copy_1(dst, src) };
    }
}

/// Fills `len % 128` bytes with the bytes of `word`, which are all equal.
///
/// # Safety
///
/// The requirements of [`fill`] must hold for `len % 128` bytes.
#[inline(always)]
pub(super) unsafe fn short_fill(mut dst: *mut u8, word: usize, len: usize) {
    macro_rules! step {
        ($size:literal $block:ident) => {
            if len & $size != 0 {
                // SAFETY: the higher bits are done, so at least this many bytes are left.
                unsafe { $block(dst, word) };
                dst = dst.wrapping_add($size);
            }
        };
    }
    step!(64 fill_64);
    if len & 127 == 64 {
        return;
    }
    step!(32 fill_32);
    step!(16 fill_16);
    if len & 15 == 0 {
        return;
    }
    step!(8 fill_8);
    step!(4 fill_4);
    step!(2 fill_2);
    if len & 1 != 0 {
        // SAFETY: one byte is left.
        unsafe { fill_1(dst, word) };
    }
}
