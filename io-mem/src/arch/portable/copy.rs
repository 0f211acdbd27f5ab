//! Byte-wise copies as Rust says them: relaxed byte atomics.
//!
//! Each byte is loaded once and stored once, in ascending order, and a race is
//! defined. This is what the `asm!` copies of the architectures stand for.

use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// Copies `len` bytes between two places that are both shared.
///
/// # Safety
///
/// `src` is valid for atomic loads and `dst` for atomic stores of `len` bytes;
/// they do not overlap.
#[inline(always)]
pub unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) {
    for i in 0..len {
        // SAFETY: `i < len`.
        let from = unsafe { src.add(i) };
        // SAFETY: valid for an atomic load by contract; a byte is always aligned.
        let byte = unsafe { &*from.cast::<AtomicU8>() }.load(Relaxed);
        // SAFETY: `i < len`.
        let to = unsafe { dst.add(i) };
        // SAFETY: valid for an atomic store by contract; a byte is always aligned.
        unsafe { AtomicU8::from_ptr(to) }.store(byte, Relaxed);
    }
}

/// Copies `len` bytes of shared memory into private memory.
///
/// # Safety
///
/// `shared` is valid for atomic loads and `private` for writes of `len` bytes;
/// they do not overlap.
#[inline(always)]
pub unsafe fn copy_from(private: *mut u8, shared: *const u8, len: usize) {
    for i in 0..len {
        // SAFETY: `i < len`, so the byte is inside both ranges.
        let from = unsafe { shared.add(i) };
        // SAFETY: valid for an atomic load by contract; a byte is always aligned.
        let byte = unsafe { &*from.cast::<AtomicU8>() }.load(Relaxed);
        // SAFETY: `i < len`.
        let to = unsafe { private.add(i) };
        // SAFETY: valid for a write by contract.
        unsafe { to.write(byte) };
    }
}

/// Copies `len` bytes of private memory into shared memory.
///
/// # Safety
///
/// `shared` is valid for atomic stores and `private` for reads of `len`
/// initialised bytes; they do not overlap.
#[inline(always)]
pub unsafe fn copy_to(shared: *mut u8, private: *const u8, len: usize) {
    for i in 0..len {
        // SAFETY: `i < len`.
        let from = unsafe { private.add(i) };
        // SAFETY: valid for a read and initialised by contract.
        let byte = unsafe { from.read() };
        // SAFETY: `i < len`.
        let to = unsafe { shared.add(i) };
        // SAFETY: valid for an atomic store by contract; a byte is always aligned.
        unsafe { AtomicU8::from_ptr(to) }.store(byte, Relaxed);
    }
}

/// Stores `byte` to each of `len` bytes of shared memory.
///
/// # Safety
///
/// `shared` is valid for atomic stores of `len` bytes.
#[inline(always)]
pub unsafe fn fill(shared: *mut u8, byte: u8, len: usize) {
    for i in 0..len {
        // SAFETY: `i < len`.
        let to = unsafe { shared.add(i) };
        // SAFETY: valid for an atomic store by contract; a byte is always aligned.
        unsafe { AtomicU8::from_ptr(to) }.store(byte, Relaxed);
    }
}
