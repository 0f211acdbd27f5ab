//! A fixed piece of coherent memory, handed out from its start.

use core::{alloc::Layout, cell::Cell, marker::PhantomData, ptr::NonNull};

use super::{DmaAllocator, DmaBlock};
use crate::{
    backend::CoherentView,
    io::{Error, IoBackend, IoBase, KnownSize},
    value::DmaAddr,
};

/// An allocator over one piece of coherent memory: a static buffer of firmware,
/// a hypervisor's shared page, a guest's RAM.
///
/// Memory is handed out upwards. What was handed out last comes back at once;
/// the rest comes back when everything has. That suits drivers, which allocate
/// when they start and free when they stop. Not `Sync`: one pool a thread, or a
/// lock around it.
///
/// # Invariants
///
/// `memory` covers `len` valid bytes that nobody else accesses while `'a`
/// lasts, at `address` for the device. Bytes from `used` on are nobody's;
/// `live` blocks are below.
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
    /// A pool over the memory of a view.
    ///
    /// # Safety
    ///
    /// Nobody else accesses the memory while `'a` lasts, not through the view
    /// and its copies either.
    pub unsafe fn new(view: CoherentView<'a, [u8]>) -> Self {
        let ptr = <CoherentView<'a, [u8]> as IoBase<'a>>::Backend::as_ptr(view);
        // A view's pointer is null only if it is empty.
        let memory = NonNull::new(ptr.cast()).unwrap_or(NonNull::dangling());
        let (len, address) = (<[u8]>::size(ptr), view.dma_address());
        // INVARIANT: the view's own, and the caller's promise.
        Self { memory, len, address, used: Cell::new(0), live: Cell::new(0), marker: PhantomData }
    }

    /// Bytes not handed out, before alignment.
    pub fn available(&self) -> usize {
        self.len - self.used.get()
    }

    /// The first offset from `used` on that is aligned in both address spaces.
    fn aligned(&self, align: usize) -> Option<usize> {
        let used = self.used.get();
        let (cpu, dma) = (self.memory.addr().get(), self.address.raw());
        let skew = (cpu.wrapping_add(used)) & (align - 1);
        let offset = if skew == 0 { used } else { used.checked_add(align - skew)? };
        dma.wrapping_add(offset as u64).is_multiple_of(align as u64).then_some(offset)
    }
}

// SAFETY: blocks are disjoint since `used` only grows while a block below it is
// live; they lie inside the pool's memory, which does not move with the pool.
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
        // SAFETY: `start <= len`, inside the pool's memory.
        let memory = unsafe { self.memory.add(start) };
        // SAFETY: `size` bytes from `start` lie inside and are nobody's.
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
