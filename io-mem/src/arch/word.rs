//! The widths in which a bus can be accessed.

use super::imp;
use crate::Repr;

/// An integer that one instruction can load and store. Sealed, as [`Repr`] is.
///
/// `u64` is missing where registers are 32 bits wide, since no single
/// instruction could honour "one access is one access" there.
pub trait Word: Repr {
    /// Exactly one load, not ordered against ordinary memory.
    ///
    /// # Safety
    ///
    /// `ptr` is aligned to `size_of::<Self>()` and valid for a load of that
    /// width, be it memory or a device register.
    unsafe fn load(ptr: *const Self) -> Self;

    /// Exactly one store, not ordered against ordinary memory.
    ///
    /// # Safety
    ///
    /// `ptr` is aligned to `size_of::<Self>()` and valid for a store of that
    /// width, be it memory or a device register.
    unsafe fn store(ptr: *mut Self, value: Self);

    /// What makes the load of this value from a device a Linux `readX`: later
    /// accesses and delays stay behind it.
    fn after_device_read(self);
}

macro_rules! word {
    ($($word:ident $load:ident $store:ident $wait_for:ident),+) => {$(
        impl Word for $word {
            #[inline(always)]
            unsafe fn load(ptr: *const Self) -> Self {
                // SAFETY: the contract is this function's own.
                unsafe { imp::$load(ptr) }
            }

            #[inline(always)]
            unsafe fn store(ptr: *mut Self, value: Self) {
                // SAFETY: the contract is this function's own.
                unsafe { imp::$store(ptr, value) }
            }

            #[inline(always)]
            fn after_device_read(self) {
                imp::after_device_read();
                #[cfg(all(target_arch = "aarch64", not(miri)))]
                imp::$wait_for(self);
            }
        }
    )+};
}

word! {
    u8 load_8 store_8 wait_for_8,
    u16 load_16 store_16 wait_for_16,
    u32 load_32 store_32 wait_for_32
}

#[cfg(target_pointer_width = "64")]
word!(u64 load_64 store_64 wait_for_64);
