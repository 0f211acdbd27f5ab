//! The reference model, and what Miri runs: relaxed atomics and fences.
//!
//! Racing accesses of different widths to the same bytes are not defined here
//! (they are on the `asm!` paths), so Miri finds such tests.

mod copy;

#[cfg(target_pointer_width = "64")]
use core::sync::atomic::AtomicU64;
use core::sync::atomic::{
    AtomicU8, AtomicU16, AtomicU32,
    Ordering::{Acquire, Relaxed, Release, SeqCst},
    fence,
};

use super::Barrier;

pub use copy::{copy, copy_from, copy_to, fill};

macro_rules! access {
    ($($load:ident $store:ident $word:ty, $atomic:ident;)+) => {$(
        /// One relaxed atomic load.
        ///
        /// # Safety
        ///
        /// See [`Word::load`](super::Word::load).
        #[inline(always)]
        pub(crate) unsafe fn $load(ptr: *const $word) -> $word {
            // SAFETY: aligned and valid for a load of this width by contract.
            unsafe { $atomic::from_ptr(ptr.cast_mut()) }.load(Relaxed)
        }

        /// One relaxed atomic store.
        ///
        /// # Safety
        ///
        /// See [`Word::store`](super::Word::store).
        #[inline(always)]
        pub(crate) unsafe fn $store(ptr: *mut $word, value: $word) {
            // SAFETY: aligned and valid for a store of this width by contract.
            unsafe { $atomic::from_ptr(ptr) }.store(value, Relaxed);
        }
    )+};
}

access! {
    load_8 store_8 u8, AtomicU8;
    load_16 store_16 u16, AtomicU16;
    load_32 store_32 u32, AtomicU32;
}
#[cfg(target_pointer_width = "64")]
access! {
    load_64 store_64 u64, AtomicU64;
}

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
