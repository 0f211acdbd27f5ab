//! The device address of a view, over any backend that has one.

use crate::{
    backend::CoherentBackend,
    io::{IoBackend, IoBase, KnownSize},
    value::DmaAddr,
};

/// A backend of memory that a device reaches, too.
///
/// ```
/// use io_core::{backend::DmaBackend, prelude::*};
/// use io_sim::World;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Ring { head: Le<u32>, slots: [Le<u32>; 4] }
///
/// fn second<'a>(ring: impl Io<'a, Target = Ring, Backend: DmaBackend>) -> DmaAddr {
///     io_project!(ring, .slots[1]).dma_address()
/// }
///
/// let ring = World::seeded(1).memory::<Ring>()?;
/// assert_eq!(second(&ring), ring.dma_address().checked_add(8).unwrap());
/// # Ok::<(), io_core::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "memory of the backend `{Self}` has no device address",
    label = "no device reaches this memory",
    note = "coherent memory has one: `Coherent`, `CoherentView`, `io_sim::WorldMemory`"
)]
pub trait DmaBackend: IoBackend {
    /// Where a device finds what the view is of.
    fn dma_address<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> DmaAddr;
}

/// The device address of everything that [`DmaBackend`]s give views of.
pub trait IoDma<'a>: IoBase<'a, Backend: DmaBackend> {
    /// The address for the device; each part has its own.
    #[inline(always)]
    fn dma_address(self) -> DmaAddr {
        Self::Backend::dma_address(self.as_view())
    }
}

impl<'a, I: IoBase<'a, Backend: DmaBackend>> IoDma<'a> for I {}

impl DmaBackend for CoherentBackend {
    #[inline(always)]
    fn dma_address<'a, T: ?Sized + KnownSize>(view: Self::View<'a, T>) -> DmaAddr {
        view.dma_address()
    }
}
