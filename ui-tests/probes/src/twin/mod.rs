//! The same accesses written by hand, with a file for each architecture.
//!
//! They are deliberately independent of io-core. `read_32` and similar functions are relaxed;
//! `after_32` and similar functions and `before_write` make them ordered.

#[cfg_attr(target_arch = "x86_64", path = "x86_64.rs")]
#[cfg_attr(target_arch = "aarch64", path = "aarch64.rs")]
#[cfg_attr(target_arch = "riscv64", path = "riscv64.rs")]
mod imp;

pub(crate) use imp::barrier;

macro_rules! relaxed {
    ($($module:ident $word:ident $read:ident $write:ident),+) => {$(
        pub(crate) mod $module {
            use crate::twin::imp;

            /// # Safety
            ///
            /// * `place` must be aligned for its type.
            /// * `place` must be valid for a volatile load.
            #[inline(always)]
            pub(crate) unsafe fn read(place: *const $word) -> $word {
                // SAFETY: the caller guarantees what the callee requires.
                unsafe { imp::$read(place) }
            }

            /// # Safety
            ///
            /// * `place` must be aligned for its type.
            /// * `place` must be valid for a volatile store.
            #[inline(always)]
            pub(crate) unsafe fn write(place: *mut $word, value: $word) {
                // SAFETY: the caller guarantees what the callee requires.
                unsafe { imp::$write(place, value) };
            }
        }
    )+};
}

macro_rules! ordered {
    ($($module:ident $word:ident $read:ident $after:ident $write:ident),+) => {$(
        pub(crate) mod $module {
            use crate::twin::imp;

            /// # Safety
            ///
            /// * `place` must be aligned for its type.
            /// * `place` must be valid for a volatile load.
            #[inline(always)]
            pub(crate) unsafe fn read(place: *const $word) -> $word {
                // SAFETY: the caller guarantees what the callee requires.
                let value = unsafe { imp::$read(place) };
                imp::$after(value);
                value
            }

            /// # Safety
            ///
            /// * `place` must be aligned for its type.
            /// * `place` must be valid for a volatile store.
            #[inline(always)]
            pub(crate) unsafe fn write(place: *mut $word, value: $word) {
                imp::before_write();
                // SAFETY: the caller guarantees what the callee requires.
                unsafe { imp::$write(place, value) };
            }
        }
    )+};
}

/// Ordered registers.
pub(crate) mod mmio {
    ordered!(w8 u8 read_8 after_8 write_8, w16 u16 read_16 after_16 write_16);
    ordered!(w32 u32 read_32 after_32 write_32, w64 u64 read_64 after_64 write_64);
}

/// Relaxed registers.
pub(crate) mod relaxed {
    relaxed!(w8 u8 read_8 write_8, w16 u16 read_16 write_16);
    relaxed!(w32 u32 read_32 write_32, w64 u64 read_64 write_64);
}

/// A write-combining mapping: the same single accesses.
pub(crate) use relaxed as combining;
/// Memory: the same single accesses.
pub(crate) use relaxed as memory;
