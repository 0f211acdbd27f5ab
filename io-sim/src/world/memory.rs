//! The owner of a block of a world's memory.

use core::fmt;

use super::machine::MemoryBus;
use io_core::{DmaAddr, IoBase, KnownSize};

use crate::view::{SimBackend, SimView};

/// Memory of a [`World`](super::World) that driver and devices share. `&memory` is accepted
/// wherever a view is.
///
/// After the drop, devices cannot access it; its addresses are not reused.
///
/// # Invariants
///
/// `token` has no provenance. Its address is the device address of the memory, and is aligned for a
/// `T`.
pub struct WorldMemory<T: ?Sized> {
    bus: MemoryBus,
    token: *mut T,
}

impl<T: ?Sized> WorldMemory<T> {
    /// INVARIANT: the caller passes a `token` that fulfils the invariants.
    pub(super) fn new(bus: MemoryBus, token: *mut T) -> Self {
        Self { bus, token }
    }

    /// Returns the device address of the memory. The addresses of its parts are returned by
    /// [`IoDma::dma_address`](io_core::IoDma::dma_address).
    #[inline]
    pub fn dma_address(&self) -> DmaAddr {
        DmaAddr::new(self.token.addr() as u64)
    }
}

// SAFETY: the token is never dereferenced, and the other fields are protected by locks.
unsafe impl<T: ?Sized> Send for WorldMemory<T> {}
// SAFETY: as for `Send`.
unsafe impl<T: ?Sized> Sync for WorldMemory<T> {}

impl<T: ?Sized> Drop for WorldMemory<T> {
    #[inline]
    fn drop(&mut self) {
        self.bus.0.state.lock().blocks.remove(self.token.addr());
    }
}

impl<'a, T: ?Sized + KnownSize> IoBase<'a> for &'a WorldMemory<T> {
    type Backend = SimBackend;
    type Target = T;

    #[inline]
    fn as_view(self) -> SimView<'a, T> {
        SimView::new(self.token, &self.bus)
    }
}

impl<T: ?Sized + KnownSize> fmt::Debug for WorldMemory<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WorldMemory({:#x}, {:#x} bytes)", self.token.addr(), T::size(self.token))
    }
}
