//! Byte-wise copies by naturally aligned words, at ascending addresses.
//!
//! For processors and mappings that do not support unaligned accesses: RISC-V, where they may trap,
//! and bare-metal Arm, where memory is device memory until the MMU is enabled.

use super::{
    copy_1, copy_2, copy_4, copy_bytes, copy_word, copy_words, fill_bytes, fill_word, fill_words,
};

const WORD: usize = size_of::<usize>();
/// The block size of `copy_words` and `fill_words`.
const WORDS: usize = 4 * WORD;

/// The largest number of bytes that is copied inline. Longer copies call a function.
const INLINE: usize = 64;

/// Copies `len` bytes.
///
/// # Safety
///
/// * `src` must be valid for loads of `len` bytes, and `dst` for stores of `len` bytes. Others may
///   load and store these bytes at the same time.
/// * `src` and `dst` must not overlap.
#[inline(always)]
pub unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) {
    if len > INLINE {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { long_copy(dst, src, len) };
    } else if (dst.addr() | src.addr()).is_multiple_of(WORD) {
        // SAFETY: the caller guarantees what the callee requires; both pointers are aligned.
        unsafe { copy_aligned(dst, src, len) };
    } else {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { copy_bytes(dst, src, len) };
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
    let word = usize::from_ne_bytes([byte; WORD]);
    if len > INLINE {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { long_fill(dst, word, len) };
    } else if dst.addr().is_multiple_of(WORD) {
        // SAFETY: the caller guarantees what the callee requires; `dst` is aligned.
        unsafe { fill_aligned(dst, word, len) };
    } else {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { fill_bytes(dst, word, len) };
    }
}

/// [`copy`], out of line.
///
/// # Safety
///
/// The requirements of [`copy`] must hold.
#[inline(never)]
unsafe fn long_copy(dst: *mut u8, src: *const u8, len: usize) {
    let head = to_word(dst).min(len);
    // The distance of the two pointers determines which accesses can be aligned.
    let apart = dst.addr().wrapping_sub(src.addr());
    if apart.is_multiple_of(WORD) {
        // SAFETY: `head` is at most `len`.
        unsafe { copy_bytes(dst, src, head) };
        // SAFETY: the remaining bytes; `dst` is aligned, and so is `src`, since `apart` is a
        // multiple of `WORD`.
        unsafe { copy_aligned(dst.wrapping_add(head), src.wrapping_add(head), len - head) };
        return;
    }
    let unit = if apart.is_multiple_of(4) {
        4
    } else if apart.is_multiple_of(2) {
        2
    } else {
        // SAFETY: the caller guarantees what the callee requires.
        return unsafe { copy_bytes(dst, src, len) };
    };
    // SAFETY: `head` is at most `len`.
    unsafe { copy_bytes(dst, src, head) };
    let mut at = head;
    while len - at >= unit {
        let (to, from) = (dst.wrapping_add(at), src.wrapping_add(at));
        if unit == 4 {
            // SAFETY: at least four bytes are left, and both pointers are aligned to four.
            unsafe { copy_4(to, from) };
        } else {
            // SAFETY: at least two bytes are left, and both pointers are aligned to two.
            unsafe { copy_2(to, from) };
        }
        at += unit;
    }
    // SAFETY: exactly `len - at` bytes are left.
    unsafe { copy_bytes(dst.wrapping_add(at), src.wrapping_add(at), len - at) };
}

/// Copies between two addresses that are aligned to words.
///
/// # Safety
///
/// * The requirements of [`copy`] must hold.
/// * `src` and `dst` must be aligned to `WORD`.
#[inline(always)]
unsafe fn copy_aligned(dst: *mut u8, src: *const u8, len: usize) {
    let mut at = 0;
    while len - at >= WORDS {
        // SAFETY: at least `WORDS` bytes are left, aligned since `at` is a multiple of `WORDS`.
        unsafe { copy_words(dst.wrapping_add(at), src.wrapping_add(at)) };
        at += WORDS;
    }
    while len - at >= WORD {
        // SAFETY: at least `WORD` bytes are left, aligned since `at` is a multiple of `WORD`.
        unsafe { copy_word(dst.wrapping_add(at), src.wrapping_add(at)) };
        at += WORD;
    }
    if len & (WORD - 1) & 4 != 0 {
        // SAFETY: at least four bytes are left, aligned since `at` is a multiple of four.
        unsafe { copy_4(dst.wrapping_add(at), src.wrapping_add(at)) };
        at += 4;
    }
    if len & 2 != 0 {
        // SAFETY: at least two bytes are left, aligned since `at` is a multiple of two.
        unsafe { copy_2(dst.wrapping_add(at), src.wrapping_add(at)) };
        at += 2;
    }
    if len & 1 != 0 {
        // SAFETY: one byte is left.
        unsafe { copy_1(dst.wrapping_add(at), src.wrapping_add(at)) };
    }
}

/// [`fill`], out of line.
///
/// # Safety
///
/// The requirements of [`fill`] must hold.
#[inline(never)]
unsafe fn long_fill(dst: *mut u8, word: usize, len: usize) {
    let head = to_word(dst).min(len);
    // SAFETY: `head` is at most `len`.
    unsafe { fill_bytes(dst, word, head) };
    // SAFETY: the remaining bytes, whose start is aligned.
    unsafe { fill_aligned(dst.wrapping_add(head), word, len - head) };
}

/// Fills bytes that start at an address that is aligned to words.
///
/// # Safety
///
/// * The requirements of [`fill`] must hold.
/// * `dst` must be aligned to `WORD`.
#[inline(always)]
unsafe fn fill_aligned(dst: *mut u8, word: usize, len: usize) {
    let mut at = 0;
    while len - at >= WORDS {
        // SAFETY: at least `WORDS` bytes are left, aligned since `at` is a multiple of `WORDS`.
        unsafe { fill_words(dst.wrapping_add(at), word) };
        at += WORDS;
    }
    while len - at >= WORD {
        // SAFETY: at least `WORD` bytes are left, aligned since `at` is a multiple of `WORD`.
        unsafe { fill_word(dst.wrapping_add(at), word) };
        at += WORD;
    }
    // SAFETY: exactly `len - at` bytes are left.
    unsafe { fill_bytes(dst.wrapping_add(at), word, len - at) };
}

/// Returns the number of bytes up to the next multiple of a word.
#[inline(always)]
fn to_word(dst: *mut u8) -> usize {
    dst.addr().wrapping_neg() % WORD
}
