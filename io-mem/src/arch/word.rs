//! Accesses of one width: single ones, and copies between device memory and
//! private memory that are made of them.

use crate::Repr;

/// An integer that one instruction can load and store. Sealed, as [`Repr`] is.
///
/// The file of each architecture implements it by its instructions. `u64` is
/// missing where registers are 32 bits wide, since no single instruction could
/// honour "one access is one access" there.
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

/// [`Word`] for the load-store architectures, from the body of `after_device_read`
/// and the text of the two instructions of each width, which have a base register
/// only.
#[cfg(all(not(miri), any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "arm")))]
macro_rules! words {
    (after_device_read($value:pat) $after:block $($word:ident $load:literal $store:literal;)+) => {$(
        impl $crate::arch::Word for $word {
            #[inline(always)]
            unsafe fn load(ptr: *const Self) -> Self {
                let value;
                // SAFETY: aligned and valid for a load of this width by contract.
                unsafe {
                    core::arch::asm!($load, value = lateout(reg) value, ptr = in(reg) ptr,
                        options(readonly, nostack, preserves_flags));
                }
                value
            }

            #[inline(always)]
            unsafe fn store(ptr: *mut Self, value: Self) {
                // SAFETY: aligned and valid for a store of this width by contract.
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

// Copies are relaxed and ascending, one aligned access a word: devices take neither
// vectors nor unaligned accesses.

/// Copies `words` words of the device out.
///
/// # Safety
///
/// `device` is aligned to `W` and valid for loads, `buffer` is valid for writes
/// of `words` words, aligned or not; they do not overlap.
#[inline(always)]
pub unsafe fn copy_from_device<W: Word>(buffer: *mut W, device: *const W, words: usize) {
    for at in 0..words {
        // SAFETY: `at < words`: aligned and inside.
        let word = unsafe { W::load(device.wrapping_add(at)) };
        // SAFETY: `at < words`: inside the buffer, which may be unaligned.
        unsafe { buffer.wrapping_add(at).write_unaligned(word) };
    }
}

/// Copies `words` words into the device.
///
/// # Safety
///
/// `device` is aligned to `W` and valid for stores, `buffer` is valid for reads
/// of `words` initialised words, aligned or not; they do not overlap.
#[inline(always)]
pub unsafe fn copy_to_device<W: Word>(device: *mut W, buffer: *const W, words: usize) {
    for at in 0..words {
        // SAFETY: `at < words`: inside the buffer, which may be unaligned.
        let word = unsafe { buffer.wrapping_add(at).read_unaligned() };
        // SAFETY: `at < words`: aligned and inside.
        unsafe { W::store(device.wrapping_add(at), word) };
    }
}

/// Writes `word` to `words` words of the device.
///
/// # Safety
///
/// `device` is aligned to `W` and valid for stores of `words` words.
#[inline(always)]
pub unsafe fn fill_device<W: Word>(device: *mut W, word: W, words: usize) {
    for at in 0..words {
        // SAFETY: `at < words`: aligned and inside.
        unsafe { W::store(device.wrapping_add(at), word) };
    }
}
