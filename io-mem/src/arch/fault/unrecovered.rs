//! Targets that do not recover from faults: ordinary accesses and an empty table.
//!
//! These are Miri, under which nothing faults, and architectures without table entries. A fault has
//! the same effect as that of any other access.

use core::sync::atomic::Ordering::Relaxed;

use super::Fault;
use crate::arch::{self, Word};

/// `true` if faults are recovered from on this target.
pub(crate) const RECOVERS: bool = false;

/// Returns `None`: no instruction is in the table.
pub(crate) fn lookup(_pc: usize) -> Option<usize> {
    None
}

/// Copies `len` bytes and returns `len`.
///
/// # Safety
///
/// * `src` must be valid for loads of `len` bytes, and `dst` for stores of `len` bytes. Others may
///   load and store these bytes at the same time.
/// * `src` and `dst` must not overlap.
#[inline]
pub(crate) unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
    // SAFETY: the caller guarantees what the callee requires.
    unsafe { arch::copy(dst, src, len) };
    len
}

/// Stores `byte` to `len` bytes and returns `len`.
///
/// # Safety
///
/// The requirements of [`copy`] for `dst` must hold.
#[inline]
pub(crate) unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
    // SAFETY: the caller guarantees what the callee requires.
    unsafe { arch::fill(dst, byte, len) };
    len
}

macro_rules! words {
    ($($load:ident $store:ident $exchange:ident $word:ty, $atomic:ident;)+) => {$(
        /// Loads a value by one access.
        ///
        /// # Safety
        ///
        /// `ptr` must be aligned to this width and valid for loads.
        #[inline(always)]
        pub(crate) unsafe fn $load(ptr: *const $word) -> Result<$word, Fault> {
            // SAFETY: the caller guarantees what the callee requires.
            Ok(unsafe { Word::load(ptr) })
        }

        /// Stores a value by one access.
        ///
        /// # Safety
        ///
        /// `ptr` must be aligned to this width and valid for stores.
        #[inline(always)]
        pub(crate) unsafe fn $store(ptr: *mut $word, value: $word) -> Result<(), Fault> {
            // SAFETY: the caller guarantees what the callee requires.
            unsafe { Word::store(ptr, value) };
            Ok(())
        }

        /// Stores `new` if the current value is `old`, in one relaxed atomic access. Returns the
        /// previous value.
        ///
        /// # Safety
        ///
        /// `ptr` must be aligned to this width and valid for loads and stores.
        #[inline(always)]
        pub(crate) unsafe fn $exchange(
            ptr: *mut $word,
            old: $word,
            new: $word,
        ) -> Result<$word, Fault> {
            // SAFETY: the caller guarantees that `ptr` is aligned and valid for loads and stores.
            let place = unsafe { core::sync::atomic::$atomic::from_ptr(ptr) };
            let (Ok(found) | Err(found)) = place.compare_exchange(old, new, Relaxed, Relaxed);
            Ok(found)
        }
    )+};
}

words! {
    load_8 store_8 exchange_8 u8, AtomicU8;
    load_16 store_16 exchange_16 u16, AtomicU16;
    load_32 store_32 exchange_32 u32, AtomicU32;
}
#[cfg(target_pointer_width = "64")]
words!(load_64 store_64 exchange_64 u64, AtomicU64;);
