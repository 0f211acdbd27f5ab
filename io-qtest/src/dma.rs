//! Coherent memory in guest RAM.

use alloc::sync::Arc;
use core::alloc::Layout;
use core::fmt;

use io_core::{DmaAddr, DmaAllocator, DmaBlock, Error, Io, SysMem};

use crate::{GuestRam, Qemu};

/// What every mapping is aligned to on every host.
const PAGE: usize = 4096;

/// Coherent memory that the devices of a machine reach; from [`Qemu::dma`].
///
/// The device's address is the guest-physical one, from 1 MiB on. Clones are
/// handles to the same memory, any thread may use them, and blocks are freed in
/// any order. A block keeps the RAM mapped, also when QEMU is gone.
///
/// ```
/// use io_core::{CoherentBox, prelude::*};
///
/// # fn main() -> Result<(), Box<dyn core::error::Error>> {
/// let qemu = io_qtest::Machine::q35().start()?;
/// // SAFETY: no device does DMA, and commands reach shared memory only.
/// let dma = unsafe { qemu.dma() };
/// let word = CoherentBox::new(dma, Le::<u32>::from_ne(7))?.share();
///
/// let address = word.dma_address().raw();
/// assert_eq!(qemu.connection().readl(address)?, 7);
/// qemu.connection().writel(address, 8)?;
/// assert_eq!((&word).read_val(), 8);
/// # Ok(qemu.finish()?)
/// # }
/// ```
///
/// # Errors
///
/// Allocating gives [`NoMemory`](Error::NoMemory) when the RAM is used up, for
/// alignments above 4096, and if the machine has no more than 1 MiB of RAM.
#[derive(Clone)]
pub struct GuestDma {
    ram: Arc<GuestRam>,
}

impl Qemu {
    /// The allocator of this machine's RAM.
    ///
    /// # Safety
    ///
    /// Nothing else reaches memory of this allocator while it's in a
    /// [`CoherentBox`](io_core::CoherentBox), which hands out references to it:
    ///
    /// * devices are told of shared memory only, and have stopped before it's
    ///   freed;
    /// * commands of the [`Connection`](crate::Connection), and views of
    ///   addresses in RAM, keep away from it;
    /// * so do pointers made from [`GuestRam::base`]. To shared memory they
    ///   make device-like accesses, and never references.
    #[must_use]
    pub unsafe fn dma(&self) -> GuestDma {
        GuestDma { ram: Arc::clone(self.ram()) }
    }
}

impl GuestDma {
    /// Bytes not handed out, together.
    #[must_use]
    pub fn available(&self) -> usize {
        crate::lock(self.ram.free()).total()
    }
}

// SAFETY: what `allocate` gives is, until `deallocate`,
// * valid for loads and stores of `layout.size()` bytes: it lies in the mapping,
//   which the block's own reference keeps, wherever the allocator goes;
// * all zero: `allocate` clears it;
// * aligned in both address spaces: the device's address is the offset, a
//   multiple of the alignment, and the mapping starts at a multiple of `PAGE`,
//   above which alignments are refused;
// * reached by the device at `address`, as `GuestRam` says of addresses from
//   1 MiB on, where `free` begins;
// * nobody else's: there is one list of free bytes a machine, which hands out
//   each byte once, and `Qemu::dma` asks everybody else to keep away.
unsafe impl DmaAllocator for GuestDma {
    fn allocate(&self, layout: Layout) -> Result<DmaBlock, Error> {
        let (size, align) = (layout.size(), layout.align());
        if size == 0 {
            return Err(Error::Empty);
        }
        let taken =
            if align <= PAGE { crate::lock(self.ram.free()).take(size, align) } else { None };
        let offset = taken.ok_or(Error::NoMemory { size, align })?;
        // SAFETY: the free list has offsets inside of the mapping only.
        let memory = unsafe { self.ram.base().add(offset) };
        let place = core::ptr::slice_from_raw_parts_mut(memory.as_ptr(), size);
        // SAFETY: `size` bytes from `offset` lie in the mapping, whose bytes are
        // all initialised, and which `self` keeps for the time of the call; they
        // were free, so there is no reference to them.
        let bytes = unsafe { SysMem::<[u8]>::new(place) };
        bytes.fill(0);
        // The block's own reference; `deallocate` gives it back.
        core::mem::forget(Arc::clone(&self.ram));
        Ok(DmaBlock { memory, address: DmaAddr::new(offset as u64) })
    }

    unsafe fn deallocate(&self, block: DmaBlock, layout: Layout) {
        let start = block.memory.addr().get() - self.ram.base().addr().get();
        crate::lock(self.ram.free()).give(start..start + layout.size());
        // SAFETY: the pointer is that of an `Arc`, whose count has the reference
        // that `allocate` forgot for this block, besides that of `self`.
        unsafe { Arc::decrement_strong_count(Arc::as_ptr(&self.ram)) };
    }
}

impl fmt::Debug for GuestDma {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GuestDma({:#x} of {:#x} bytes free)", self.available(), self.ram.len())
    }
}
