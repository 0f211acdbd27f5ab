//! Memory that a device reaches by itself: allocation and coherent buffers.

mod allocator;
mod coherent;
mod pool;

pub use allocator::{DmaAllocator, DmaBlock};
pub use coherent::{Coherent, CoherentBox};
pub use pool::DmaPool;
