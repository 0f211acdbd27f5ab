//! Accesses of one width: single accesses, and copies between device memory and private memory that
//! consist of them.

use crate::Repr;

/// An integer that one instruction can load and store. Sealed, as [`Repr`] is.
///
/// Each architecture implements it with its own instructions. `u64` is not implemented where
/// registers have 32 bits, because no single instruction could perform the access.
pub trait Word: Repr {
    /// Performs exactly one load, not ordered against ordinary memory.
    ///
    /// # Safety
    ///
    /// `ptr` must be aligned to `size_of::<Self>()` and valid for a load of that width, from memory
    /// or from a device register.
    unsafe fn load(ptr: *const Self) -> Self;

    /// Performs exactly one store, not ordered against ordinary memory.
    ///
    /// # Safety
    ///
    /// `ptr` must be aligned to `size_of::<Self>()` and valid for a store of that width, to memory
    /// or to a device register.
    unsafe fn store(ptr: *mut Self, value: Self);

    /// Turns the load of this value from a device into a Linux `readX`: later accesses and delays
    /// are ordered after it.
    fn after_device_read(self);
}

/// Implements [`Word`] for the load-store architectures, from the body of `after_device_read` and
/// the text of the two instructions of each width, which use only a base register.
#[cfg(all(not(miri), any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "arm")))]
macro_rules! words {
    (after_device_read($value:pat) $after:block $($word:ident $load:literal $store:literal;)+) => {$(
        impl $crate::arch::Word for $word {
            #[inline(always)]
            unsafe fn load(ptr: *const Self) -> Self {
                let value;
                // SAFETY: the caller guarantees that `ptr` is aligned and valid for a load of this
                // width.
                unsafe {
                    core::arch::asm!($load, value = lateout(reg) value, ptr = in(reg) ptr,
                        options(readonly, nostack, preserves_flags));
                }
                value
            }

            #[inline(always)]
            unsafe fn store(ptr: *mut Self, value: Self) {
                // SAFETY: the caller guarantees that `ptr` is aligned and valid for a store of this
                // width.
                unsafe {
                    core::arch::asm!($store, value = in(reg) value, ptr = in(reg) ptr,
                        options(nostack, preserves_flags));
                }
            }

            #[inline(always)]
            fn after_device_read(self) {
                let $value = self;
                $after
            }
        }
    )+};
}

#[cfg(all(
    not(miri),
    any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "arm")
))]
pub(super) use words;

// Copies are relaxed and ascending, with one aligned access for each word: devices support neither
// vector accesses nor unaligned accesses.

/// Copies `words` words from the device to the buffer.
///
/// # Safety
///
/// * `device` must be aligned to `W` and valid for loads of `words` words.
/// * `buffer` must be valid for writes of `words` words. Any alignment is allowed.
/// * `device` and `buffer` must not overlap.
#[inline(always)]
pub unsafe fn copy_from_device<W: Word>(buffer: *mut W, device: *const W, words: usize) {
    for at in 0..words {
        // SAFETY: `at < words`, so the word is aligned and in the range.
        let word = unsafe { W::load(device.wrapping_add(at)) };
        // SAFETY: `at < words`, so the word is inside the buffer, which may be unaligned.
        unsafe { buffer.wrapping_add(at).write_unaligned(word) };
    }
}

/// Copies `words` words from the buffer to the device.
///
/// # Safety
///
/// * `device` must be aligned to `W` and valid for stores of `words` words.
/// * `buffer` must be valid for reads of `words` initialised words. Any alignment is allowed.
/// * `device` and `buffer` must not overlap.
#[inline(always)]
pub unsafe fn copy_to_device<W: Word>(device: *mut W, buffer: *const W, words: usize) {
    for at in 0..words {
        // SAFETY: `at < words`, so the word is inside the buffer, which may be unaligned.
        let word = unsafe { buffer.wrapping_add(at).read_unaligned() };
        // SAFETY: `at < words`, so the word is aligned and in the range.
        unsafe { W::store(device.wrapping_add(at), word) };
    }
}

/// Writes `word` to `words` words of the device.
///
/// # Safety
///
/// `device` must be aligned to `W` and valid for stores of `words` words.
#[inline(always)]
pub unsafe fn fill_device<W: Word>(device: *mut W, word: W, words: usize) {
    for at in 0..words {
        // SAFETY: `at < words`, so the word is aligned and in the range.
        unsafe { W::store(device.wrapping_add(at), word) };
    }
}
