//! Views of the pointer that a probe is called with.

use io_core::{Io, KnownSize, Mmio, MmioRaw, MmioWc, RelaxedMmio, SysMem};

/// Registers, ordered.
#[inline(always)]
pub(crate) fn mmio<'a, T: ?Sized + KnownSize>(ptr: *mut T) -> Mmio<'a, T> {
    // SAFETY: probes are only compiled, never called; a caller would have to guarantee this.
    unsafe { Mmio::from_raw(MmioRaw::from_ptr(ptr)) }
}

/// Registers, relaxed.
#[inline(always)]
pub(crate) fn relaxed<'a, T: ?Sized + KnownSize>(ptr: *mut T) -> RelaxedMmio<'a, T> {
    mmio(ptr).relaxed()
}

/// Registers in a write-combining mapping.
#[inline(always)]
pub(crate) fn combining<'a, T: ?Sized + KnownSize>(ptr: *mut T) -> MmioWc<'a, T> {
    // SAFETY: probes are only compiled, never called; a caller would have to guarantee this.
    unsafe { MmioWc::from_raw(MmioRaw::from_ptr(ptr)) }
}

/// Memory.
#[inline(always)]
pub(crate) fn memory<'a, T: ?Sized + KnownSize>(ptr: *mut T) -> SysMem<'a, T> {
    // SAFETY: probes are only compiled, never called; a caller would have to guarantee this.
    unsafe { SysMem::new(ptr) }
}
