//! Single accesses to memory of either kind.

use super::memory::{Fallible, FaultOf, Infallible, MemoryKind};
use crate::{
    arch::Word,
    fault::{Fault, FaultAtomic, RecoveryTable},
};

/// Memory with single accesses of the width of `W`. Sealed: implemented for [`Infallible`], and for
/// [`Fallible<B>`] if `B` has such accesses.
///
/// ```
/// use io_mem::vm::{VmReader, WordAccess};
///
/// /// Waits until the word is not zero.
/// fn wait<K: WordAccess<u32>>(word: &VmReader<'_, K>) -> Result<u32, io_mem::vm::PlaceErrorOf<K>> {
///     loop {
///         match word.atomic_load()? {
///             0 => core::hint::spin_loop(),
///             value => return Ok(value),
///         }
///     }
/// }
///
/// #[repr(align(4))]
/// struct Aligned([u8; 4]);
/// assert_eq!(wait(&VmReader::from(&Aligned([1; 4]).0[..])), Ok(0x0101_0101));
/// ```
#[diagnostic::on_unimplemented(
    message = "memory of the kind `{Self}` has no single accesses of the width of `{W}`"
)]
pub trait WordAccess<W>: MemoryKind {
    /// Loads a value by one access.
    ///
    /// # Errors
    ///
    /// * The fault, if the access faulted.
    ///
    /// # Safety
    ///
    /// * The requirements of [`FaultAtomic::load`] must hold, for [`Infallible`] those of the
    ///   [`RecoveryTable`].
    /// * [`Infallible`] memory must not fault.
    #[doc(hidden)]
    unsafe fn load(ptr: *const W) -> Result<W, FaultOf<Self>>;

    /// Stores a value by one access.
    ///
    /// # Errors
    ///
    /// * The fault, if the access faulted.
    ///
    /// # Safety
    ///
    /// * The requirements of [`FaultAtomic::store`] must hold, for [`Infallible`] those of the
    ///   [`RecoveryTable`].
    /// * [`Infallible`] memory must not fault.
    #[doc(hidden)]
    unsafe fn store(ptr: *mut W, value: W) -> Result<(), FaultOf<Self>>;

    /// Stores `new` if the current value is `old`, and returns the previous value.
    ///
    /// # Errors
    ///
    /// * The fault, if the access faulted.
    ///
    /// # Safety
    ///
    /// * The requirements of [`FaultAtomic::compare_exchange`] must hold, for [`Infallible`]
    ///   those of the [`RecoveryTable`].
    /// * [`Infallible`] memory must not fault.
    #[doc(hidden)]
    unsafe fn compare_exchange(ptr: *mut W, old: W, new: W) -> Result<W, FaultOf<Self>>;
}

impl<W, B: FaultAtomic<W>> WordAccess<W> for Fallible<B> {
    #[inline(always)]
    unsafe fn load(ptr: *const W) -> Result<W, Fault> {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { B::load(ptr) }
    }

    #[inline(always)]
    unsafe fn store(ptr: *mut W, value: W) -> Result<(), Fault> {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { B::store(ptr, value) }
    }

    #[inline(always)]
    unsafe fn compare_exchange(ptr: *mut W, old: W, new: W) -> Result<W, Fault> {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { B::compare_exchange(ptr, old, new) }
    }
}

macro_rules! infallible {
    ($($word:ident),+) => {$(
        impl WordAccess<$word> for Infallible {
            #[inline(always)]
            unsafe fn load(ptr: *const $word) -> Result<$word, FaultOf<Self>> {
                // SAFETY: the caller guarantees what the callee requires.
                Ok(unsafe { Word::load(ptr) })
            }

            #[inline(always)]
            unsafe fn store(ptr: *mut $word, value: $word) -> Result<(), FaultOf<Self>> {
                // SAFETY: the caller guarantees what the callee requires.
                unsafe { Word::store(ptr, value) };
                Ok(())
            }

            #[inline(always)]
            unsafe fn compare_exchange(
                ptr: *mut $word,
                old: $word,
                new: $word,
            ) -> Result<$word, FaultOf<Self>> {
                // SAFETY: the caller guarantees what the callee requires.
                let found = unsafe { RecoveryTable::compare_exchange(ptr, old, new) };
                // SAFETY: the result is an error only after a fault, and the caller guarantees that
                // the memory does not fault.
                Ok(unsafe { found.unwrap_unchecked() })
            }
        }
    )+};
}

infallible!(u8, u16, u32);
#[cfg(target_pointer_width = "64")]
infallible!(u64);
