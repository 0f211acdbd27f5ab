//! The reference model, and what Miri runs: relaxed atomics and fences.
//!
//! Racing accesses of different widths to the same bytes are not defined here
//! (they are on the `asm!` paths), so Miri finds such tests.

#[cfg(target_pointer_width = "64")]
use core::sync::atomic::AtomicU64;
use core::sync::atomic::{
    AtomicU8, AtomicU16, AtomicU32,
    Ordering::{Acquire, Relaxed, Release, SeqCst},
    fence,
};

use super::{Barrier, Word};

// Not where it is the reference of `differential`: there the instructions implement the trait.
#[cfg(any(miri, not(test)))]
macro_rules! words {
    ($($word:ident $atomic:ident;)+) => {$(
        impl Word for $word {
            #[inline(always)]
            unsafe fn load(ptr: *const Self) -> Self {
                // SAFETY: aligned and valid for a load of this width by contract.
                unsafe { $atomic::from_ptr(ptr.cast_mut()) }.load(Relaxed)
            }

            #[inline(always)]
            unsafe fn store(ptr: *mut Self, value: Self) {
                // SAFETY: aligned and valid for a store of this width by contract.
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

/// Later accesses stay behind the device read before this point.
#[inline(always)]
pub fn after_device_read() {
    fence(Acquire);
}

/// Earlier accesses stay before the device write after this point.
#[inline(always)]
pub fn before_device_write() {
    fence(Release);
}

/// There is no such hint.
#[inline(always)]
pub fn io_stop_wc() {}

/// The nearest fence of Rust's memory model.
#[inline(always)]
pub fn barrier(kind: Barrier) {
    match kind {
        Barrier::Mb | Barrier::DmaMb => fence(SeqCst),
        Barrier::Rmb | Barrier::DmaRmb => fence(Acquire),
        Barrier::Wmb | Barrier::DmaWmb => fence(Release),
    }
}

// Copies as Rust says them, by relaxed byte atomics: each byte is loaded once and stored once, in
// ascending order, and a race is defined. The `asm!` copies of the architectures stand for this.

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
