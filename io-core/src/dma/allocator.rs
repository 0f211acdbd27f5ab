//! Where coherent memory comes from.

use core::{alloc::Layout, ptr::NonNull};

use crate::{io::Error, value::DmaAddr};

/// Coherent memory as an allocator gives it: one place, two addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DmaBlock {
    /// Where this program finds it.
    pub memory: NonNull<u8>,
    /// Where the device finds it.
    pub address: DmaAddr,
}

/// A source of coherent memory: a kernel's DMA pool, a VFIO mapping, a static
/// buffer, a simulated machine's RAM.
///
/// # Safety
///
/// What `allocate` gives is, until `deallocate`, valid for loads and stores of
/// `layout.size()` bytes, all zero, aligned to `layout.align()` in both address
/// spaces, reached by the device at `address`, and nobody else's, even if the
/// allocator itself is moved.
pub unsafe trait DmaAllocator {
    /// Zeroed memory of this size and alignment.
    ///
    /// # Errors
    ///
    /// [`Error::NoMemory`] if there is none; [`Error::Empty`] for no bytes.
    fn allocate(&self, layout: Layout) -> Result<DmaBlock, Error>;

    /// Lets devices reach the memory, which only the processor has used so far.
    ///
    /// Called once, before anybody is told its address. An allocator that can
    /// keep devices out (an IOMMU, a simulated machine) lets them in here.
    ///
    /// # Safety
    ///
    /// `block` came from `allocate` of this allocator with the same `layout`,
    /// was not given back, and nobody has a reference to it any more.
    #[inline]
    unsafe fn share(&self, block: DmaBlock, layout: Layout) {
        let _ = (block, layout);
    }

    /// Takes memory back, shared or not.
    ///
    /// # Safety
    ///
    /// `block` came from `allocate` of this allocator with the same `layout`,
    /// and was not given back before.
    unsafe fn deallocate(&self, block: DmaBlock, layout: Layout);
}

// SAFETY: the same allocator.
unsafe impl<A: DmaAllocator + ?Sized> DmaAllocator for &A {
    #[inline]
    fn allocate(&self, layout: Layout) -> Result<DmaBlock, Error> {
        (**self).allocate(layout)
    }

    #[inline]
    unsafe fn share(&self, block: DmaBlock, layout: Layout) {
        // SAFETY: the contract is this function's own.
        unsafe { (**self).share(block, layout) };
    }

    #[inline]
    unsafe fn deallocate(&self, block: DmaBlock, layout: Layout) {
        // SAFETY: the contract is this function's own.
        unsafe { (**self).deallocate(block, layout) };
    }
}
