//! An allocator over a fixed range of coherent memory, from its start.

use core::{alloc::Layout, cell::Cell, marker::PhantomData, ptr::NonNull};

use super::{DmaAllocator, DmaBlock};
use crate::{
    backend::CoherentView,
    io::{Error, IoBackend, IoBase, KnownSize},
    value::DmaAddr,
};

/// An allocator over one range of coherent memory: a static buffer of firmware, a hypervisor's
/// shared page, a guest's RAM.
///
/// Memory is allocated in ascending order. The block allocated last can be reused as soon as it is
/// freed; other memory can be reused once all blocks are freed. That suits drivers, which allocate
/// when they start and free when they stop. Not `Sync`: use one pool per thread, or a lock.
///
/// ```
/// use io_core::{CoherentView, DmaPool, prelude::*};
///
/// let mut bytes = [0_u64; 64];
/// let memory = SysMem::from_mut_slice(bytes.as_mut_slice());
/// # // SAFETY: the words are borrowed exclusively, and any bytes are valid in them.
/// # let memory = unsafe {
/// #     SysMem::new(core::ptr::slice_from_raw_parts_mut(memory.as_ptr().cast::<u8>(), 512))
/// # };
/// // SAFETY: no device uses these addresses in this example.
/// let view = unsafe { CoherentView::new(memory, DmaAddr::new(0x8000_0000)) };
/// // SAFETY: the memory is used by the pool alone.
/// let pool = unsafe { DmaPool::new(view) };
/// let ring = Coherent::<[Le<u32>; 16], _>::zeroed(&pool)?;
/// assert_eq!(pool.available(), 512 - 64);
/// assert_eq!((&ring).dma_address(), DmaAddr::new(0x8000_0000));
/// # Ok::<(), io_core::Error>(())
/// ```
///
/// # Invariants
///
/// * For the duration of `'a`, `memory` refers to `len` valid bytes that are accessed through the
///   pool and its blocks alone.
/// * For the device, the addresses from `address` on refer to these bytes.
/// * Bytes from `used` on belong to no block. `live` blocks are below.
#[doc(alias("dma_pool_create", "dma_pool_alloc"))]
#[derive(Debug)]
pub struct DmaPool<'a> {
    memory: NonNull<u8>,
    len: usize,
    address: DmaAddr,
    used: Cell<usize>,
    live: Cell<usize>,
    marker: PhantomData<&'a ()>,
}

impl<'a> DmaPool<'a> {
    /// Creates a pool over the memory of a view.
    ///
    /// # Safety
    ///
    /// For the duration of `'a`:
    ///
    /// * The memory must be accessed only through the pool and its blocks. It must not be accessed
    ///   through `view` or copies of it.
    /// * Devices must access only blocks that were [shared](DmaAllocator::share) with them.
    pub unsafe fn new(view: CoherentView<'a, [u8]>) -> Self {
        let ptr = <CoherentView<'a, [u8]> as IoBase<'a>>::Backend::as_ptr(view);
        // The pointer of a view is null only if the view is empty.
        let memory = NonNull::new(ptr.cast()).unwrap_or(NonNull::dangling());
        let (len, address) = (<[u8]>::size(ptr), view.dma_address());
        // INVARIANT: by the view's invariants, and guaranteed by the caller.
        Self { memory, len, address, used: Cell::new(0), live: Cell::new(0), marker: PhantomData }
    }

    /// The number of bytes not allocated, before alignment.
    pub fn available(&self) -> usize {
        self.len - self.used.get()
    }

    /// The first offset, from `used` on, that is aligned in both address spaces.
    fn aligned(&self, align: usize) -> Option<usize> {
        let used = self.used.get();
        let (cpu, dma) = (self.memory.addr().get(), self.address.raw());
        let skew = (cpu.wrapping_add(used)) & (align - 1);
        let offset = if skew == 0 { used } else { used.checked_add(align - skew)? };
        dma.wrapping_add(offset as u64).is_multiple_of(align as u64).then_some(offset)
    }
}

// SAFETY: blocks are disjoint, since `used` is never below the end of a live block and new blocks
// start at or above `used`. They lie inside the pool's memory, which does not move with the pool.
unsafe impl DmaAllocator for DmaPool<'_> {
    fn allocate(&self, layout: Layout) -> Result<DmaBlock, Error> {
        let (size, align) = (layout.size(), layout.align());
        if size == 0 {
            return Err(Error::Empty);
        }
        let start = self.aligned(align).ok_or(Error::NoMemory { size, align })?;
        let end = start.checked_add(size).filter(|&end| end <= self.len);
        self.used.set(end.ok_or(Error::NoMemory { size, align })?);
        self.live.set(self.live.get() + 1);
        // SAFETY: `start <= len`, so the result is inside the pool's memory.
        let memory = unsafe { self.memory.add(start) };
        // SAFETY: `size` bytes from `start` on lie inside the memory and belong to no block.
        unsafe { memory.write_bytes(0, size) };
        let address = DmaAddr::new(self.address.raw().wrapping_add(start as u64));
        Ok(DmaBlock { memory, address })
    }

    unsafe fn deallocate(&self, block: DmaBlock, layout: Layout) {
        let start = block.memory.addr().get() - self.memory.addr().get();
        self.live.set(self.live.get() - 1);
        if self.live.get() == 0 {
            self.used.set(0);
        } else if start + layout.size() == self.used.get() {
            self.used.set(start);
        }
    }
}
