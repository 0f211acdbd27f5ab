//! The reference model, which Miri also runs: relaxed atomics and fences.
//!
//! Racing accesses of different widths to the same bytes are undefined here (on the `asm!` paths
//! they are defined), so Miri reports tests that have such races.

#[cfg(target_pointer_width = "64")]
use core::sync::atomic::AtomicU64;
use core::sync::atomic::{
    AtomicU8, AtomicU16, AtomicU32,
    Ordering::{Acquire, Relaxed, Release, SeqCst},
    fence,
};

use super::{Barrier, Word};

// Not compiled where this file is the reference model of `differential`: there the architecture
// implements the trait.
#[cfg(any(miri, not(test)))]
macro_rules! words {
    ($($word:ident $atomic:ident;)+) => {$(
        impl Word for $word {
            #[inline(always)]
            unsafe fn load(ptr: *const Self) -> Self {
                // SAFETY: the caller guarantees that `ptr` is aligned and valid for a load of this
                // width.
                unsafe { $atomic::from_ptr(ptr.cast_mut()) }.load(Relaxed)
            }

            #[inline(always)]
            unsafe fn store(ptr: *mut Self, value: Self) {
                // SAFETY: the caller guarantees that `ptr` is aligned and valid for a store of this
                // width.
                unsafe { $atomic::from_ptr(ptr) }.store(value, Relaxed);
            }

            #[inline(always)]
            fn after_device_read(self) {
                after_device_read();
            }
        }
    )+};
}

#[cfg(any(miri, not(test)))]
words! {
    u8 AtomicU8;
    u16 AtomicU16;
    u32 AtomicU32;
}
#[cfg(all(any(miri, not(test)), target_pointer_width = "64"))]
words!(u64 AtomicU64;);

/// Orders later accesses after the preceding device read.
#[inline(always)]
pub fn after_device_read() {
    fence(Acquire);
}

/// Orders earlier accesses before the following device write.
#[inline(always)]
pub fn before_device_write() {
    fence(Release);
}

/// Does nothing: the model has no such hint.
#[inline(always)]
pub fn io_stop_wc() {}

/// Issues the nearest fence of Rust's memory model.
#[inline(always)]
pub fn barrier(kind: Barrier) {
    match kind {
        Barrier::Mb | Barrier::DmaMb => fence(SeqCst),
        Barrier::Rmb | Barrier::DmaRmb => fence(Acquire),
        Barrier::Wmb | Barrier::DmaWmb => fence(Release),
    }
}

// Copies by relaxed byte atomics: each byte is loaded once and stored once, in ascending order, and
// a race is defined. This is the model that the architectures' `asm!` copies implement.

/// Copies `len` bytes between two places that are both shared.
///
/// # Safety
///
/// * `src` must be valid for atomic loads of `len` bytes, and `dst` for atomic stores of `len`
///   bytes.
/// * `src` and `dst` must not overlap.
#[inline(always)]
pub unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) {
    for i in 0..len {
        // SAFETY: `i < len`.
        let from = unsafe { src.add(i) };
        // SAFETY: the caller guarantees that the byte is valid for an atomic load; bytes are
        // aligned.
        let byte = unsafe { &*from.cast::<AtomicU8>() }.load(Relaxed);
        // SAFETY: `i < len`.
        let to = unsafe { dst.add(i) };
        // SAFETY: the caller guarantees that the byte is valid for an atomic store; bytes are
        // aligned.
        unsafe { AtomicU8::from_ptr(to) }.store(byte, Relaxed);
    }
}

/// Copies `len` bytes of shared memory to private memory.
///
/// # Safety
///
/// * `shared` must be valid for atomic loads of `len` bytes, and `private` for writes of `len`
///   bytes.
/// * `shared` and `private` must not overlap.
#[inline(always)]
pub unsafe fn copy_from(private: *mut u8, shared: *const u8, len: usize) {
    for i in 0..len {
        // SAFETY: `i < len`, so the byte is inside both ranges.
        let from = unsafe { shared.add(i) };
        // SAFETY: the caller guarantees that the byte is valid for an atomic load; bytes are
        // aligned.
        let byte = unsafe { &*from.cast::<AtomicU8>() }.load(Relaxed);
        // SAFETY: `i < len`.
        let to = unsafe { private.add(i) };
        // SAFETY: the caller guarantees that the byte is valid for a write.
        unsafe { to.write(byte) };
    }
}

/// Copies `len` bytes of private memory to shared memory.
///
/// # Safety
///
/// * `shared` must be valid for atomic stores of `len` bytes.
/// * `private` must be valid for reads of `len` initialised bytes.
/// * `shared` and `private` must not overlap.
#[inline(always)]
pub unsafe fn copy_to(shared: *mut u8, private: *const u8, len: usize) {
    for i in 0..len {
        // SAFETY: `i < len`.
        let from = unsafe { private.add(i) };
        // SAFETY: the caller guarantees that the byte is valid for a read and initialised.
        let byte = unsafe { from.read() };
        // SAFETY: `i < len`.
        let to = unsafe { shared.add(i) };
        // SAFETY: the caller guarantees that the byte is valid for an atomic store; bytes are
        // aligned.
        unsafe { AtomicU8::from_ptr(to) }.store(byte, Relaxed);
    }
}

/// Stores `byte` to each of `len` bytes of shared memory.
///
/// # Safety
///
/// `shared` must be valid for atomic stores of `len` bytes.
#[inline(always)]
pub unsafe fn fill(shared: *mut u8, byte: u8, len: usize) {
    for i in 0..len {
        // SAFETY: `i < len`.
        let to = unsafe { shared.add(i) };
        // SAFETY: the caller guarantees that the byte is valid for an atomic store; bytes are
        // aligned.
        unsafe { AtomicU8::from_ptr(to) }.store(byte, Relaxed);
    }
}
