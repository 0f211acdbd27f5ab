//! Where faults are not recovered from: ordinary accesses, and an empty table.
//!
//! Miri, where nothing faults, and architectures whose rows nobody has written down yet. A fault
//! there is what it is for any other access.

use core::sync::atomic::Ordering::Relaxed;

use super::Fault;
use crate::arch::{self, Word};

/// Whether faults are recovered from on this target.
pub(crate) const RECOVERS: bool = false;

/// No instruction is in the table.
pub(crate) fn lookup(_pc: usize) -> Option<usize> {
    None
}

/// Copies `len` bytes, and returns how many.
///
/// # Safety
///
/// `src` is valid for loads and `dst` for stores of `len` bytes, which others may load and store at
/// the same time; they do not overlap.
#[inline]
pub(crate) unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
    // SAFETY: the contract is this function's own.
    unsafe { arch::copy(dst, src, len) };
    len
}

/// Stores `byte` to `len` bytes, and returns how many.
///
/// # Safety
///
/// As [`copy`], for `dst`.
#[inline]
pub(crate) unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
    // SAFETY: the contract is this function's own.
    unsafe { arch::fill(dst, byte, len) };
    len
}

macro_rules! words {
    ($($load:ident $store:ident $exchange:ident $word:ty, $atomic:ident;)+) => {$(
        /// One load.
        ///
        /// # Safety
        ///
        /// `ptr` is aligned to this width and valid for loads.
        #[inline(always)]
        pub(crate) unsafe fn $load(ptr: *const $word) -> Result<$word, Fault> {
            // SAFETY: the contract is this function's own.
            Ok(unsafe { Word::load(ptr) })
        }

        /// One store.
        ///
        /// # Safety
        ///
        /// `ptr` is aligned to this width and valid for stores.
        #[inline(always)]
        pub(crate) unsafe fn $store(ptr: *mut $word, value: $word) -> Result<(), Fault> {
            // SAFETY: the contract is this function's own.
            unsafe { Word::store(ptr, value) };
            Ok(())
        }

        /// Stores `new` if `old` is there, in one relaxed atomic access; gives what was there.
        ///
        /// # Safety
        ///
        /// `ptr` is aligned to this width and valid for loads and stores.
        #[inline(always)]
        pub(crate) unsafe fn $exchange(
            ptr: *mut $word,
            old: $word,
            new: $word,
        ) -> Result<$word, Fault> {
            // SAFETY: aligned and valid by contract.
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
