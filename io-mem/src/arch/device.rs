//! Copies between device memory and private memory, in accesses of one width.
//!
//! Relaxed, ascending, one aligned access a word: devices take neither vectors
//! nor unaligned accesses.

use super::Word;

/// Copies `words` words of the device out.
///
/// # Safety
///
/// `device` is aligned to `W` and valid for loads, `buffer` is valid for writes
/// of `words` words, aligned or not; they do not overlap.
#[inline(always)]
pub unsafe fn copy_from_device<W: Word>(buffer: *mut W, device: *const W, words: usize) {
    for at in 0..words {
        // SAFETY: `at < words`: aligned and inside.
        let word = unsafe { W::load(device.wrapping_add(at)) };
        // SAFETY: `at < words`: inside the buffer, which may be unaligned.
        unsafe { buffer.wrapping_add(at).write_unaligned(word) };
    }
}

/// Copies `words` words into the device.
///
/// # Safety
///
/// `device` is aligned to `W` and valid for stores, `buffer` is valid for reads
/// of `words` initialised words, aligned or not; they do not overlap.
#[inline(always)]
pub unsafe fn copy_to_device<W: Word>(device: *mut W, buffer: *const W, words: usize) {
    for at in 0..words {
        // SAFETY: `at < words`: inside the buffer, which may be unaligned.
        let word = unsafe { buffer.wrapping_add(at).read_unaligned() };
        // SAFETY: `at < words`: aligned and inside.
        unsafe { W::store(device.wrapping_add(at), word) };
    }
}

/// Writes `word` to `words` words of the device.
///
/// # Safety
///
/// `device` is aligned to `W` and valid for stores of `words` words.
#[inline(always)]
pub unsafe fn fill_device<W: Word>(device: *mut W, word: W, words: usize) {
    for at in 0..words {
        // SAFETY: `at < words`: aligned and inside.
        unsafe { W::store(device.wrapping_add(at), word) };
    }
}
