//! A backend of the program's own: the recovery table's accesses, compiled into this crate.

use io_core::fault::{Fault, FaultAtomic, FaultBackend, RecoveryTable};

/// Accesses of this crate.
#[derive(Debug)]
pub(crate) enum Here {}

// SAFETY: `RecoveryTable`'s are such.
unsafe impl FaultBackend for Here {
    #[inline(always)]
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        // SAFETY: the contract is this function's own.
        unsafe { RecoveryTable::copy(dst, src, len) }
    }

    #[inline(always)]
    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        // SAFETY: the contract is this function's own.
        unsafe { RecoveryTable::fill(dst, byte, len) }
    }
}

// SAFETY: `RecoveryTable`'s are such.
unsafe impl<W> FaultAtomic<W> for Here
where
    RecoveryTable: FaultAtomic<W>,
{
    #[inline(always)]
    unsafe fn load(ptr: *const W) -> Result<W, Fault> {
        // SAFETY: the contract is this function's own.
        unsafe { RecoveryTable::load(ptr) }
    }

    #[inline(always)]
    unsafe fn store(ptr: *mut W, value: W) -> Result<(), Fault> {
        // SAFETY: the contract is this function's own.
        unsafe { RecoveryTable::store(ptr, value) }
    }

    #[inline(always)]
    unsafe fn compare_exchange(ptr: *mut W, old: W, new: W) -> Result<W, Fault> {
        // SAFETY: the contract is this function's own.
        unsafe { RecoveryTable::compare_exchange(ptr, old, new) }
    }
}
