//! A backend of this program: the accesses of `RecoveryTable`, compiled into this crate.

use io_core::fault::{Fault, FaultAtomic, FaultBackend, RecoveryTable};

/// A backend that forwards to `RecoveryTable`.
#[derive(Debug)]
pub(crate) enum Here {}

// SAFETY: every method forwards to `RecoveryTable`, which fulfils the requirements of the trait.
unsafe impl FaultBackend for Here {
    #[inline(always)]
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        // SAFETY: the caller guarantees what `RecoveryTable` requires, since the trait's
        // requirements are the same.
        unsafe { RecoveryTable::copy(dst, src, len) }
    }

    #[inline(always)]
    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        // SAFETY: as in `copy`.
        unsafe { RecoveryTable::fill(dst, byte, len) }
    }
}

// SAFETY: every method forwards to `RecoveryTable`, which fulfils the requirements of the trait.
unsafe impl<W> FaultAtomic<W> for Here
where
    RecoveryTable: FaultAtomic<W>,
{
    #[inline(always)]
    unsafe fn load(ptr: *const W) -> Result<W, Fault> {
        // SAFETY: the caller guarantees what `RecoveryTable` requires, since the trait's
        // requirements are the same.
        unsafe { RecoveryTable::load(ptr) }
    }

    #[inline(always)]
    unsafe fn store(ptr: *mut W, value: W) -> Result<(), Fault> {
        // SAFETY: as in `load`.
        unsafe { RecoveryTable::store(ptr, value) }
    }

    #[inline(always)]
    unsafe fn compare_exchange(ptr: *mut W, old: W, new: W) -> Result<W, Fault> {
        // SAFETY: as in `load`.
        unsafe { RecoveryTable::compare_exchange(ptr, old, new) }
    }
}
