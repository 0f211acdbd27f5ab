//! The same accesses written by hand: one file an architecture.
//!
//! Independent of io-core on purpose. `read_32` and kin are relaxed; `after_32`
//! and kin and `before_write` are what makes them ordered.

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
            /// `place` is aligned and may be loaded.
            #[inline(always)]
            pub(crate) unsafe fn read(place: *const $word) -> $word {
                // SAFETY: the contract is this function's own.
                unsafe { imp::$read(place) }
            }

            /// # Safety
            ///
            /// `place` is aligned and may be stored to.
            #[inline(always)]
            pub(crate) unsafe fn write(place: *mut $word, value: $word) {
                // SAFETY: the contract is this function's own.
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
            /// `place` is aligned and may be loaded.
            #[inline(always)]
            pub(crate) unsafe fn read(place: *const $word) -> $word {
                // SAFETY: the contract is this function's own.
                let value = unsafe { imp::$read(place) };
                imp::$after(value);
                value
            }

            /// # Safety
            ///
            /// `place` is aligned and may be stored to.
            #[inline(always)]
            pub(crate) unsafe fn write(place: *mut $word, value: $word) {
                imp::before_write();
                // SAFETY: the contract is this function's own.
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
