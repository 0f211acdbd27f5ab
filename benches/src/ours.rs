//! io-core's copies, as a driver calls them.

use io_core::prelude::*;

use crate::contestants::{Contestant, Family, Shared, repeat};

/// All copies whose size the compiler does not know.
pub const COPIES: [Contestant; 2] = [
    Contestant::new("SysMem copy_to_slice", Family::Ours, Shared::Source, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: `repeat` passes ranges of `size` initialised bytes that are apart, and the
            // view is the only access to this one.
            let view = unsafe { bytes(source, size) };
            // SAFETY: as above.
            let private = unsafe { core::slice::from_raw_parts_mut(destination, size) };
            view.copy_to_slice(private);
        });
    }),
    Contestant::new("SysMem copy_from_slice", Family::Ours, Shared::Destination, |place, times| {
        repeat(place, times, |destination, source, size| {
            // SAFETY: `repeat` passes ranges of `size` initialised bytes that are apart, and the
            // view is the only access to this one.
            let view = unsafe { bytes(destination, size) };
            // SAFETY: as above.
            let private = unsafe { core::slice::from_raw_parts(source, size) };
            view.copy_from_slice(private);
        });
    }),
];

/// A view of bytes.
///
/// # Safety
///
/// See [`SysMem::new`].
#[inline(always)]
pub(crate) unsafe fn bytes<'a>(start: *mut u8, size: usize) -> SysMem<'a, [u8]> {
    // SAFETY: the contract is this function's own.
    unsafe { SysMem::new(core::ptr::slice_from_raw_parts_mut(start, size)) }
}
