//! Memory that a device accesses directly: allocation and coherent buffers.

mod allocation;
mod allocator;
mod coherent;
#[cfg(feature = "alloc")]
mod free_list;
mod pool;

pub use allocator::{DmaAllocator, DmaBlock};
pub use coherent::{Coherent, CoherentBox, IoDma};
#[cfg(feature = "alloc")]
pub use free_list::FreeList;
pub use pool::DmaPool;
