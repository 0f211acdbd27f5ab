//! The copies of io-core, called as in a driver.

use io_core::{
    bytewise::{atomic_per_byte_memcpy, atomic_per_byte_memset},
    prelude::*,
};

use crate::{
    contestants::{Contestant, Family, Shared, repeat},
    fills::BYTE,
};

/// All copies whose size the compiler does not know.
pub const COPIES: [Contestant; 3] = [
    Contestant::new("SysMem copy_to_slice", Family::Ours, Shared::Source, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: `repeat` passes ranges of `size` initialised bytes that do not overlap, and
            // the view is the only access to this one.
            let view = unsafe { bytes(source, size) };
            // SAFETY: as above.
            let private = unsafe { core::slice::from_raw_parts_mut(destination, size) };
            view.copy_to_slice(private);
        });
    }),
    Contestant::new("SysMem copy_from_slice", Family::Ours, Shared::Destination, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: `repeat` passes ranges of `size` initialised bytes that do not overlap, and
            // the view is the only access to this one.
            let view = unsafe { bytes(destination, size) };
            // SAFETY: as above.
            let private = unsafe { core::slice::from_raw_parts(source, size) };
            view.copy_from_slice(private);
        });
    }),
    Contestant::new("atomic_per_byte_memcpy", Family::Ours, Shared::Either, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: `repeat` passes ranges of `size` initialised bytes that do not overlap, and
            // nothing else accesses them during the copy.
            unsafe { atomic_per_byte_memcpy(destination, source, size) };
        });
    }),
];

/// All fills.
pub const FILLS: [Contestant; 2] = [
    Contestant::new("SysMem fill", Family::Ours, Shared::Destination, |place, times| {
        repeat(place, times, |destination, _, size| {
            // SAFETY: `repeat` passes ranges of `size` initialised bytes, and the view is the only
            // access to this one.
            let view = unsafe { bytes(destination, size) };
            view.fill(BYTE);
        });
    }),
    Contestant::new("atomic_per_byte_memset", Family::Ours, Shared::Destination, |place, times| {
        repeat(place, times, |destination, _, size| {
            // SAFETY: `repeat` passes ranges of `size` bytes, and nothing else accesses this one.
            unsafe { atomic_per_byte_memset(destination, BYTE, size) };
        });
    }),
];

/// Returns a view of bytes.
///
/// # Safety
///
/// The requirements of [`SysMem::new`] must be met for the `size` bytes at `start`.
#[inline(always)]
unsafe fn bytes<'a>(start: *mut u8, size: usize) -> SysMem<'a, [u8]> {
    // SAFETY: the caller guarantees the requirements of `SysMem::new` for these bytes.
    unsafe { SysMem::new(core::ptr::slice_from_raw_parts_mut(start, size)) }
}
