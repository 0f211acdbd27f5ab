//! Byte-wise copies by naturally aligned words, ascending.
//!
//! For processors and mappings that do not take unaligned accesses: RISC-V,
//! where they may trap, and bare-metal Arm, where memory is device memory until
//! the MMU is on.

use super::{
    copy_1, copy_2, copy_4, copy_bytes, copy_word, copy_words, fill_bytes, fill_word, fill_words,
};

const WORD: usize = size_of::<usize>();
/// The size of `copy_words` and `fill_words`.
const WORDS: usize = 4 * WORD;

/// Longer copies are a call.
const INLINE: usize = 64;

/// Copies `len` bytes.
///
/// # Safety
///
/// `src` is valid for loads and `dst` for stores of `len` bytes, which others
/// may load and store at the same time; they do not overlap.
#[inline(always)]
pub unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) {
    if len > INLINE {
        // SAFETY: the contract is this function's own.
        unsafe { long_copy(dst, src, len) };
    } else if (dst.addr() | src.addr()).is_multiple_of(WORD) {
        // SAFETY: the contract is this function's own; both are aligned.
        unsafe { copy_aligned(dst, src, len) };
    } else {
        // SAFETY: the contract is this function's own.
        unsafe { copy_bytes(dst, src, len) };
    }
}

/// Stores `byte` to `len` bytes.
///
/// # Safety
///
/// `dst` is valid for stores of `len` bytes, which others may load and store
/// at the same time.
#[inline(always)]
pub unsafe fn fill(dst: *mut u8, byte: u8, len: usize) {
    let word = usize::from_ne_bytes([byte; WORD]);
    if len > INLINE {
        // SAFETY: the contract is this function's own.
        unsafe { long_fill(dst, word, len) };
    } else if dst.addr().is_multiple_of(WORD) {
        // SAFETY: the contract is this function's own; `dst` is aligned.
        unsafe { fill_aligned(dst, word, len) };
    } else {
        // SAFETY: the contract is this function's own.
        unsafe { fill_bytes(dst, word, len) };
    }
}

/// As [`copy`], out of line.
///
/// # Safety
///
/// As [`copy`].
#[inline(never)]
unsafe fn long_copy(dst: *mut u8, src: *const u8, len: usize) {
    let head = to_word(dst).min(len);
    // How far apart the two sides are decides which accesses can be aligned.
    let apart = dst.addr().wrapping_sub(src.addr());
    if apart.is_multiple_of(WORD) {
        // SAFETY: `head` is at most `len`.
        unsafe { copy_bytes(dst, src, head) };
        // SAFETY: the rest; `dst` is aligned now, and therefore `src`.
        unsafe { copy_aligned(dst.wrapping_add(head), src.wrapping_add(head), len - head) };
        return;
    }
    let unit = if apart.is_multiple_of(4) {
        4
    } else if apart.is_multiple_of(2) {
        2
    } else {
        // SAFETY: the contract is this function's own.
        return unsafe { copy_bytes(dst, src, len) };
    };
    // SAFETY: `head` is at most `len`.
    unsafe { copy_bytes(dst, src, head) };
    let mut at = head;
    while len - at >= unit {
        let (to, from) = (dst.wrapping_add(at), src.wrapping_add(at));
        if unit == 4 {
            // SAFETY: four bytes are left; both sides are aligned to them.
            unsafe { copy_4(to, from) };
        } else {
            // SAFETY: two bytes are left; both sides are aligned to them.
            unsafe { copy_2(to, from) };
        }
        at += unit;
    }
    // SAFETY: less than a unit is left.
    unsafe { copy_bytes(dst.wrapping_add(at), src.wrapping_add(at), len - at) };
}

/// Copies between two places that are aligned to words.
///
/// # Safety
///
/// As [`copy`]; both are aligned to `WORD`.
#[inline(always)]
unsafe fn copy_aligned(dst: *mut u8, src: *const u8, len: usize) {
    let mut at = 0;
    while len - at >= WORDS {
        // SAFETY: so many bytes are left, aligned since `at` is a multiple.
        unsafe { copy_words(dst.wrapping_add(at), src.wrapping_add(at)) };
        at += WORDS;
    }
    while len - at >= WORD {
        // SAFETY: so many bytes are left, aligned since `at` is a multiple.
        unsafe { copy_word(dst.wrapping_add(at), src.wrapping_add(at)) };
        at += WORD;
    }
    if len & (WORD - 1) & 4 != 0 {
        // SAFETY: so many bytes are left, aligned since `at` is a multiple.
        unsafe { copy_4(dst.wrapping_add(at), src.wrapping_add(at)) };
        at += 4;
    }
    if len & 2 != 0 {
        // SAFETY: so many bytes are left, aligned since `at` is a multiple.
        unsafe { copy_2(dst.wrapping_add(at), src.wrapping_add(at)) };
        at += 2;
    }
    if len & 1 != 0 {
        // SAFETY: one byte is left.
        unsafe { copy_1(dst.wrapping_add(at), src.wrapping_add(at)) };
    }
}

/// As [`fill`], out of line.
///
/// # Safety
///
/// As [`fill`].
#[inline(never)]
unsafe fn long_fill(dst: *mut u8, word: usize, len: usize) {
    let head = to_word(dst).min(len);
    // SAFETY: `head` is at most `len`.
    unsafe { fill_bytes(dst, word, head) };
    // SAFETY: the rest, which is aligned now.
    unsafe { fill_aligned(dst.wrapping_add(head), word, len - head) };
}

/// Fills a place that is aligned to words.
///
/// # Safety
///
/// As [`fill`]; `dst` is aligned to `WORD`.
#[inline(always)]
unsafe fn fill_aligned(dst: *mut u8, word: usize, len: usize) {
    let mut at = 0;
    while len - at >= WORDS {
        // SAFETY: so many bytes are left, aligned since `at` is a multiple.
        unsafe { fill_words(dst.wrapping_add(at), word) };
        at += WORDS;
    }
    while len - at >= WORD {
        // SAFETY: so many bytes are left, aligned since `at` is a multiple.
        unsafe { fill_word(dst.wrapping_add(at), word) };
        at += WORD;
    }
    // SAFETY: less than a word is left.
    unsafe { fill_bytes(dst.wrapping_add(at), word, len - at) };
}

/// How many bytes are missing to the next multiple of a word.
#[inline(always)]
fn to_word(dst: *mut u8) -> usize {
    dst.addr().wrapping_neg() % WORD
}
