//! The device address of a view, over any backend that has one.

use crate::{backend::DmaBackend, io::IoBase, value::DmaAddr};

/// The device address of everything that [`DmaBackend`]s give views of.
pub trait IoDma<'a>: IoBase<'a, Backend: DmaBackend> {
    /// The address for the device; each part has its own.
    #[inline(always)]
    fn dma_address(self) -> DmaAddr {
        Self::Backend::dma_address(self.as_view())
    }
}

impl<'a, I: IoBase<'a, Backend: DmaBackend>> IoDma<'a> for I {}
