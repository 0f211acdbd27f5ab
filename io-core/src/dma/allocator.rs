//! Allocation of coherent memory.

use core::{alloc::Layout, ptr::NonNull};

use crate::{io::Error, value::DmaAddr};

/// A block of coherent memory from an allocator: the same memory at two addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DmaBlock {
    /// The address for this program.
    pub memory: NonNull<u8>,
    /// The address for the device.
    pub address: DmaAddr,
}

/// A source of coherent memory: a kernel's DMA pool, a VFIO mapping, a static buffer, a simulated
/// machine's RAM.
///
/// Implemented by [`DmaPool`](crate::DmaPool), by `SimRam` of io-sim and by `GuestDma` of io-qtest,
/// and by references to allocators. Driver code takes it as a parameter:
///
/// ```
/// use io_core::{DmaAllocator, prelude::*};
///
/// struct Queue<A: DmaAllocator> {
///     ring: Coherent<[Le<u64>; 64], A>,
/// }
///
/// impl<A: DmaAllocator> Queue<A> {
///     fn new(alloc: A) -> Result<Self, io_core::Error> {
///         Ok(Self { ring: Coherent::zeroed(alloc)? })
///     }
/// }
/// # let ram = io_sim::SimRam::new(DmaAddr::new(0), 0x1000)?;
/// # assert_eq!((&Queue::new(&ram)?.ring).size(), 512);
/// # Ok::<(), io_core::Error>(())
/// ```
///
/// # Safety
///
/// From the return of `allocate` until `deallocate`, also if the allocator is moved:
///
/// * The block must be valid for loads and stores of `layout.size()` bytes.
/// * The block must be aligned to `layout.align()` in both address spaces.
/// * For the device, the addresses from `address` on must refer to the bytes of the block once it
///   is shared.
/// * The block must not be used by anything else: no other block may overlap it, and neither the
///   allocator nor other code may access it.
///
/// When `allocate` returns, all bytes of the block must be zero.
#[doc(alias("dma_alloc_coherent", "dma_free_coherent"))]
pub unsafe trait DmaAllocator {
    /// Allocates zeroed memory of this size and alignment.
    ///
    /// # Errors
    ///
    /// * [`Error::NoMemory`] if there is not enough memory.
    /// * [`Error::Empty`] if the size is 0.
    #[doc(alias = "dma_alloc_coherent")]
    fn allocate(&self, layout: Layout) -> Result<DmaBlock, Error>;

    /// Gives devices access to memory that only the processor has used so far.
    ///
    /// Called once, before the address is passed to a device. An allocator that can block device
    /// access (an IOMMU, a simulated machine) enables it here.
    ///
    /// # Safety
    ///
    /// * `block` must have been returned by `allocate` of this allocator with the same `layout`.
    /// * `block` must not have been deallocated.
    /// * No references to the memory may exist any more.
    #[inline]
    unsafe fn share(&self, block: DmaBlock, layout: Layout) {
        let _ = (block, layout);
    }

    /// Takes memory back, whether or not it was shared.
    ///
    /// # Safety
    ///
    /// * `block` must have been returned by `allocate` of this allocator with the same `layout`.
    /// * `block` must not have been deallocated before.
    unsafe fn deallocate(&self, block: DmaBlock, layout: Layout);
}

// SAFETY: all calls go to the same allocator.
unsafe impl<A: DmaAllocator + ?Sized> DmaAllocator for &A {
    #[inline]
    fn allocate(&self, layout: Layout) -> Result<DmaBlock, Error> {
        (**self).allocate(layout)
    }

    #[inline]
    unsafe fn share(&self, block: DmaBlock, layout: Layout) {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { (**self).share(block, layout) };
    }

    #[inline]
    unsafe fn deallocate(&self, block: DmaBlock, layout: Layout) {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { (**self).deallocate(block, layout) };
    }
}
