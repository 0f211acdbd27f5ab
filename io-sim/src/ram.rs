//! The memory of a simulated machine.

use alloc::{
    alloc::{alloc_zeroed, dealloc},
    collections::BTreeMap,
    sync::Arc,
};
use core::{alloc::Layout, fmt, ptr::NonNull};

use spin::Mutex;
use zerocopy::{FromBytes, Immutable, IntoBytes};

use io_core::{
    DmaAddr, DmaAllocator, DmaBlock, Error, FreeList, Io, IoSlice, SysMem,
    backend::{IoCapable, SysMemBackend},
    layout::{Readable, Writable},
};

/// The alignment of the memory in both address spaces.
const PAGE: usize = 4096;

/// The memory of a simulated machine: the driver allocates from it, and the model of the device
/// reads and writes it by device address.
///
/// Devices can access only the memory that the driver has shared with them, as with an IOMMU that
/// maps each block separately: an access beyond the end of a buffer is an error, even if more
/// memory follows.
///
/// Clones are handles to the same memory. It is freed when the last handle and the last block are
/// gone. Blocks can be freed in any order.
///
/// ```
/// use io_core::{CoherentBox, DmaAddr, prelude::*};
/// use io_sim::SimRam;
///
/// # fn main() -> Result<(), io_core::Error> {
/// let ram = SimRam::new(DmaAddr::new(0x4000_0000), 0x10000)?;
///
/// // The driver …
/// let word = CoherentBox::new(ram.clone(), Le::<u32>::new(7))?.share();
///
/// // … passes the address to the device, which increments the word.
/// let (address, mut bytes) = (word.dma_address(), [0; 4]);
/// ram.read(address, &mut bytes)?;
/// ram.write(address, &(u32::from_le_bytes(bytes) + 1).to_le_bytes())?;
///
/// assert_eq!((&word).read_val(), 8);
/// assert!(ram.write(address, &[0; 5]).is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SimRam {
    memory: Arc<Memory>,
}

/// # Invariants
///
/// * `start` was allocated with `layout` and is freed only by the drop.
/// * All bytes are initialised.
/// * The device addresses start at `base`, which is a multiple of [`PAGE`], and do not wrap.
/// * Each block that was handed out holds a reference to the memory.
/// * Devices access shared blocks only, and only while `blocks` is locked.
struct Memory {
    start: NonNull<u8>,
    layout: Layout,
    base: DmaAddr,
    blocks: Mutex<Blocks>,
}

/// The bytes that are free or shared, by offset.
///
/// # Invariants
///
/// * Bytes that are not in `free` have been handed out.
/// * `shared` contains the starts and ends of blocks that were handed out and shared.
struct Blocks {
    free: FreeList,
    shared: BTreeMap<usize, usize>,
}

// SAFETY: `Memory` owns the allocation. It accesses the bytes only while `blocks` is locked: free
// bytes exclusively, shared bytes atomically.
unsafe impl Send for Memory {}
// SAFETY: as for `Send`.
unsafe impl Sync for Memory {}

impl Drop for Memory {
    fn drop(&mut self) {
        // SAFETY: `start` was allocated with this layout, by the invariants. No block is left,
        // because each block holds a reference to the memory.
        unsafe { dealloc(self.start.as_ptr(), self.layout) };
    }
}

impl SimRam {
    /// Creates `size` bytes of zeroed memory at the device address `base`.
    ///
    /// # Errors
    ///
    /// * [`Error::Empty`] if `size` is 0.
    /// * [`Error::Misaligned`] if `base` is not a multiple of 4096.
    /// * [`Error::NoMemory`] if the host lacks memory, or the range exceeds the device's address
    ///   space.
    #[inline]
    pub fn new(base: DmaAddr, size: usize) -> Result<Self, Error> {
        if size == 0 {
            return Err(Error::Empty);
        }
        if !base.raw().is_multiple_of(PAGE as u64) {
            return Err(Error::Misaligned { address: base.raw() as usize, align: PAGE });
        }
        let none = Error::NoMemory { size, align: PAGE };
        base.checked_add(size as u64).ok_or(none)?;
        let layout = Layout::from_size_align(size, PAGE).map_err(|_| none)?;
        // SAFETY: `size` is not 0.
        let start = NonNull::new(unsafe { alloc_zeroed(layout) }).ok_or(none)?;
        // INVARIANT: `start` was just allocated with `layout`, and `base` was checked. No block has
        // been handed out.
        let blocks = Blocks { free: FreeList::new(0..size), shared: BTreeMap::new() };
        let memory = Memory { start, layout, base, blocks: Mutex::new(blocks) };
        Ok(Self { memory: Arc::new(memory) })
    }

    /// Returns the device address of the first byte.
    #[inline]
    pub fn base(&self) -> DmaAddr {
        self.memory.base
    }

    /// The size in bytes.
    #[inline]
    pub fn size(&self) -> usize {
        self.memory.layout.size()
    }

    /// Returns the total number of bytes that are not handed out.
    #[inline]
    pub fn available(&self) -> usize {
        self.memory.blocks.lock().free.total()
    }

    /// Reads memory as the device.
    ///
    /// An aligned word of 2, 4 or (on 64-bit hosts) 8 bytes is one access, as on a real bus; all
    /// other reads are bytewise.
    ///
    /// # Errors
    ///
    /// * [`Error::OutOfRange`] if a byte is outside the shared block that contains `address`.
    ///   Nothing was read.
    ///
    /// The offset in the error is relative to the base and wraps for lower addresses. The limit is
    /// the end of the shared block, 0 if no shared block contains `address`, or the size of the
    /// memory if `address` is beyond its end.
    #[inline]
    pub fn read(&self, address: DmaAddr, bytes: &mut [u8]) -> Result<(), Error> {
        let blocks = self.memory.blocks.lock();
        let memory = self.shared(&blocks, address, bytes.len())?;
        let done = match bytes.len() {
            2 => read_word::<u16>(memory, bytes),
            4 => read_word::<u32>(memory, bytes),
            #[cfg(target_pointer_width = "64")]
            8 => read_word::<u64>(memory, bytes),
            _ => None,
        };
        match done {
            Some(()) => Ok(()),
            None => Ok(memory.try_copy_to_slice(bytes)?),
        }
    }

    /// Writes memory as the device. Accesses have the same widths as those of [`read`](Self::read).
    ///
    /// # Errors
    ///
    /// * The errors of [`read`](Self::read). Nothing was written.
    #[inline]
    pub fn write(&self, address: DmaAddr, bytes: &[u8]) -> Result<(), Error> {
        let blocks = self.memory.blocks.lock();
        let memory = self.shared(&blocks, address, bytes.len())?;
        let done = match bytes.len() {
            2 => write_word::<u16>(memory, bytes),
            4 => write_word::<u32>(memory, bytes),
            #[cfg(target_pointer_width = "64")]
            8 => write_word::<u64>(memory, bytes),
            _ => None,
        };
        match done {
            Some(()) => Ok(()),
            None => Ok(memory.try_copy_from_slice(bytes)?),
        }
    }

    /// Returns the shared memory at a device address. It can be accessed while `blocks` is locked.
    fn shared<'a>(
        &self,
        blocks: &'a Blocks,
        address: DmaAddr,
        size: usize,
    ) -> Result<SysMem<'a, [u8]>, Error> {
        let offset = address.raw().wrapping_sub(self.base().raw());
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let block = blocks.shared.range(..=offset).next_back().filter(|(_, end)| offset < **end);
        let limit = match block {
            Some((_, end)) => *end,
            None if offset < self.size() => 0,
            None => self.size(),
        };
        if size != 0 && offset.checked_add(size).is_none_or(|end| end > limit) {
            return Err(Error::OutOfRange { offset, size, limit });
        }
        let start = self.memory.start.as_ptr().wrapping_add(offset);
        let place = core::ptr::slice_from_raw_parts_mut(start, size);
        // SAFETY: the place is inside a shared block, by the check above, or has no bytes. The
        // block is initialised, no reference to it exists (guaranteed by the caller of `share`),
        // and it cannot be deallocated while `blocks` is locked.
        Ok(unsafe { SysMem::new(place) })
    }
}

/// Reads the whole of `memory` with one access if it is an aligned `W`.
fn read_word<W>(memory: SysMem<'_, [u8]>, bytes: &mut [u8]) -> Option<()>
where
    W: Readable<Read = W> + IntoBytes + Immutable,
    SysMemBackend: IoCapable<W::Repr>,
{
    let word = memory.try_cast::<W>().ok()?.read_val();
    word.write_to(bytes).ok()
}

/// Writes the whole of `memory` with one access if it is an aligned `W`.
fn write_word<W>(memory: SysMem<'_, [u8]>, bytes: &[u8]) -> Option<()>
where
    W: Writable<Write = W> + FromBytes,
    SysMemBackend: IoCapable<W::Repr>,
{
    let word = W::read_from_bytes(bytes).ok()?;
    memory.try_cast::<W>().ok()?.write_val(word);
    Some(())
}

impl Memory {
    fn offset_of(&self, block: DmaBlock) -> usize {
        block.memory.addr().get().wrapping_sub(self.start.addr().get())
    }
}

// SAFETY: `free` hands out each byte at most once at a time. The memory does not move when a handle
// is moved, and lives as long as its blocks. It is page-aligned in both address spaces and larger
// alignments are rejected, so an aligned offset gives an aligned address in both. Devices access a
// block only between `share` and `deallocate`.
unsafe impl DmaAllocator for SimRam {
    #[inline]
    fn allocate(&self, layout: Layout) -> Result<DmaBlock, Error> {
        let (size, align) = (layout.size(), layout.align());
        if size == 0 {
            return Err(Error::Empty);
        }
        let mut blocks = self.memory.blocks.lock();
        let offset = if align <= PAGE { blocks.free.take(size, align) } else { None };
        let offset = offset.ok_or(Error::NoMemory { size, align })?;
        // SAFETY: `offset` is inside the memory.
        let memory = unsafe { self.memory.start.add(offset) };
        // SAFETY: the `size` bytes from `offset` are inside the memory and were free.
        unsafe { memory.write_bytes(0, size) };
        // INVARIANT: this is the reference that the block holds; `deallocate` releases it.
        core::mem::forget(Arc::clone(&self.memory));
        let address = DmaAddr::new(self.base().raw().wrapping_add(offset as u64));
        Ok(DmaBlock { memory, address })
    }

    #[inline]
    unsafe fn share(&self, block: DmaBlock, layout: Layout) {
        let start = self.memory.offset_of(block);
        // INVARIANT: the caller guarantees that the block was handed out with this layout.
        self.memory.blocks.lock().shared.insert(start, start.wrapping_add(layout.size()));
    }

    #[inline]
    unsafe fn deallocate(&self, block: DmaBlock, layout: Layout) {
        let start = self.memory.offset_of(block);
        let mut blocks = self.memory.blocks.lock();
        blocks.shared.remove(&start);
        // INVARIANT: the caller guarantees that the block was handed out with this layout.
        blocks.free.give(start..start.wrapping_add(layout.size()));
        drop(blocks);
        // SAFETY: this releases the reference that `allocate` leaked for this block. `self` holds
        // another one.
        unsafe { Arc::decrement_strong_count(Arc::as_ptr(&self.memory)) };
    }
}

impl fmt::Debug for SimRam {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SimRam({}, {:#x} bytes)", self.base(), self.size())
    }
}
