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

use super::{Barrier, Word};

pub use copy::{copy, copy_from, copy_to, fill};

// Beside the instructions, as the reference of `differential`, it has none: they have them.
#[cfg(miri)]
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

#[cfg(miri)]
words! {
    u8 AtomicU8;
    u16 AtomicU16;
    u32 AtomicU32;
}
#[cfg(all(miri, target_pointer_width = "64"))]
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
