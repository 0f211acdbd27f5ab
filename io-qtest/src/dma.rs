//! Coherent memory in guest RAM.

use alloc::sync::Arc;
use core::alloc::Layout;
use core::fmt;

use io_core::{DmaAddr, DmaAllocator, DmaBlock, Error, Io, SysMem};

use crate::{GuestRam, Qemu};

/// The alignment of every mapping on every host.
const PAGE: usize = 4096;

/// Coherent memory that the devices of a machine can access; from [`Qemu::dma`].
///
/// The device address is the guest-physical address, from 1 MiB on. Clones are handles to the same
/// memory, all threads may use them, and blocks are freed in any order. A block keeps the RAM
/// mapped, even after QEMU has ended.
///
/// ```
/// use io_core::{CoherentBox, prelude::*};
///
/// # fn main() -> Result<(), Box<dyn core::error::Error>> {
/// let qemu = io_qtest::Machine::q35().start()?;
/// // SAFETY: no device does DMA, and commands access shared memory only.
/// let dma = unsafe { qemu.dma() };
/// let word = CoherentBox::new(dma, Le::<u32>::new(7))?.share();
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
/// `allocate` of the returned allocator:
///
/// * [`NoMemory`](Error::NoMemory) if the RAM is used up, for alignments above 4096, and if the
///   machine has at most 1 MiB of RAM.
#[derive(Clone)]
pub struct GuestDma {
    ram: Arc<GuestRam>,
}

impl Qemu {
    /// Returns the allocator of this machine's RAM.
    ///
    /// # Safety
    ///
    /// A [`CoherentBox`](io_core::CoherentBox) hands out references to its memory. Therefore:
    ///
    /// * Devices must access memory of this allocator only while it is shared, and must have
    ///   stopped accessing it before it is freed.
    /// * Commands of the [`Connection`](crate::Connection), and views of addresses in RAM, must not
    ///   access memory of this allocator while it is in a [`CoherentBox`](io_core::CoherentBox).
    /// * Pointers derived from [`GuestRam::base`] must not be used to access memory of this
    ///   allocator while it is in a [`CoherentBox`](io_core::CoherentBox). Accesses to shared memory
    ///   through such pointers must be volatile or atomic, and never through references.
    #[must_use]
    pub unsafe fn dma(&self) -> GuestDma {
        GuestDma { ram: Arc::clone(self.ram()) }
    }
}

impl GuestDma {
    /// Returns the total number of bytes that are not handed out.
    #[must_use]
    pub fn available(&self) -> usize {
        crate::lock(self.ram.free()).total()
    }
}

// SAFETY: until `deallocate`, the memory that `allocate` returns is
// * valid for loads and stores of `layout.size()` bytes: it is inside the mapping, which the
//   block's own reference keeps, even if the allocator is moved;
// * zeroed: `allocate` fills it with zeros;
// * aligned in both address spaces: the device address is the offset, which is a multiple of the
//   alignment, and the mapping starts at a multiple of `PAGE`. Larger alignments are rejected;
// * accessible to the device at `address`: `GuestRam` guarantees this for addresses from 1 MiB on,
//   where `free` starts;
// * not used for anything else: each machine has one list of free bytes, which hands out each byte
//   at most once at a time, and the caller of `Qemu::dma` guarantees that no other code accesses
//   it.
unsafe impl DmaAllocator for GuestDma {
    fn allocate(&self, layout: Layout) -> Result<DmaBlock, Error> {
        let (size, align) = (layout.size(), layout.align());
        if size == 0 {
            return Err(Error::Empty);
        }
        let taken =
            if align <= PAGE { crate::lock(self.ram.free()).take(size, align) } else { None };
        let offset = taken.ok_or(Error::NoMemory { size, align })?;
        // SAFETY: the free list contains only offsets inside the mapping.
        let memory = unsafe { self.ram.base().add(offset) };
        let place = core::ptr::slice_from_raw_parts_mut(memory.as_ptr(), size);
        // SAFETY: the `size` bytes from `offset` are inside the mapping, whose bytes are all
        // initialised and which `self` keeps during the call. They were free, so no reference to
        // them exists.
        let bytes = unsafe { SysMem::<[u8]>::new(place) };
        bytes.fill(0);
        // This is the reference that the block holds; `deallocate` releases it.
        core::mem::forget(Arc::clone(&self.ram));
        Ok(DmaBlock { memory, address: DmaAddr::new(offset as u64) })
    }

    unsafe fn deallocate(&self, block: DmaBlock, layout: Layout) {
        let start = block.memory.addr().get() - self.ram.base().addr().get();
        crate::lock(self.ram.free()).give(start..start + layout.size());
        // SAFETY: the pointer is that of an `Arc`, whose count includes the reference that
        // `allocate` leaked for this block and that of `self`.
        unsafe { Arc::decrement_strong_count(Arc::as_ptr(&self.ram)) };
    }
}

impl fmt::Debug for GuestDma {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GuestDma({:#x} of {:#x} bytes free)", self.available(), self.ram.len())
    }
}
