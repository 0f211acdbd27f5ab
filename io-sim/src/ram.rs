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

/// What the memory is aligned to in both address spaces.
const PAGE: usize = 4096;

/// A simulated machine's memory: the driver allocates from it, the model of the
/// device reads and writes it by device address.
///
/// Devices reach what the driver has shared with them and nothing else, as
/// behind an IOMMU that knows every block: an access beyond the end of a buffer
/// is an error, even if memory follows.
///
/// Clones are handles to the same memory, which lives as long as the last of
/// them or of the blocks in it. Blocks can be freed in any order.
///
/// ```
/// use io_core::{CoherentBox, DmaAddr, prelude::*};
/// use io_sim::SimRam;
///
/// # fn main() -> Result<(), io_core::Error> {
/// let ram = SimRam::new(DmaAddr::new(0x4000_0000), 0x10000)?;
///
/// // The driver …
/// let word = CoherentBox::new(ram.clone(), Le::<u32>::from_ne(7))?.share();
///
/// // … tells the device, which increments the word.
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
/// `start` was allocated with `layout` and is freed by the drop only. All bytes
/// are initialised. The device's addresses go from `base`, a multiple of
/// [`PAGE`], without wrapping. Each block has a reference to the memory. Devices
/// reach shared blocks only, and only while they have `blocks` locked.
struct Memory {
    start: NonNull<u8>,
    layout: Layout,
    base: DmaAddr,
    blocks: Mutex<Blocks>,
}

/// Who may use which bytes, by offset.
///
/// # Invariants
///
/// What is not `free` was handed out. `shared` are the starts and ends of
/// blocks that were handed out and shared.
struct Blocks {
    free: FreeList,
    shared: BTreeMap<usize, usize>,
}

// SAFETY: the memory is owned; its accesses here are atomic.
unsafe impl Send for Memory {}
// SAFETY: as above.
unsafe impl Sync for Memory {}

impl Drop for Memory {
    fn drop(&mut self) {
        // SAFETY: allocated with this layout by the invariants. No block is left:
        // each holds a reference.
        unsafe { dealloc(self.start.as_ptr(), self.layout) };
    }
}

impl SimRam {
    /// `size` bytes of zeroed memory, which devices find at `base`.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] for no bytes, [`Error::Misaligned`] if `base` is no
    /// multiple of 4096, [`Error::NoMemory`] if the host has not so much or the
    /// devices' address space ends before.
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
        // INVARIANT: just allocated and checked; nothing is handed out.
        let blocks = Blocks { free: FreeList::new(0..size), shared: BTreeMap::new() };
        let memory = Memory { start, layout, base, blocks: Mutex::new(blocks) };
        Ok(Self { memory: Arc::new(memory) })
    }

    /// Where devices find the first byte.
    #[inline]
    pub fn base(&self) -> DmaAddr {
        self.memory.base
    }

    /// The size in bytes.
    #[inline]
    pub fn size(&self) -> usize {
        self.memory.layout.size()
    }

    /// Bytes not handed out, together.
    #[inline]
    pub fn available(&self) -> usize {
        self.memory.blocks.lock().free.total()
    }

    /// A device's read of memory.
    ///
    /// An aligned word of 2, 4 or (on 64-bit hosts) 8 bytes is one access, as
    /// it is on a real bus; anything else goes byte by byte.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if a byte is outside the shared block that the
    /// access starts in; nothing is read. Offsets count from the base (of an
    /// address below, they wrap); the limit is the end of the block, 0 where
    /// nothing is shared, the size of the memory behind its end.
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

    /// A device's write to memory; accesses as in [`read`](Self::read).
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read); nothing is written.
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

    /// The shared memory at a device address, while `blocks` is locked.
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
        // SAFETY: inside a shared block by the check, or no bytes. The block is
        // initialised, nobody has a reference to it by the contract of `share`,
        // and it stays so while `blocks` is locked.
        Ok(unsafe { SysMem::new(place) })
    }
}

/// Reads the whole of `memory` with one access, if it is an aligned `W`.
fn read_word<W>(memory: SysMem<'_, [u8]>, bytes: &mut [u8]) -> Option<()>
where
    W: Readable<Read = W> + IntoBytes + Immutable,
    SysMemBackend: IoCapable<W::Repr>,
{
    let word = memory.try_cast::<W>().ok()?.read_val();
    word.write_to(bytes).ok()
}

/// Writes the whole of `memory` with one access, if it is an aligned `W`.
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

// SAFETY: `free` hands out each byte once; the memory does not move with the
// handles and lives as long as the blocks. It is aligned to a page in both
// address spaces, and alignments above are refused, so offsets decide. Devices
// reach a block only between `share` and `deallocate`.
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
        // SAFETY: `offset` lies inside the memory.
        let memory = unsafe { self.memory.start.add(offset) };
        // SAFETY: `size` bytes from `offset` lie inside, and were nobody's.
        unsafe { memory.write_bytes(0, size) };
        // INVARIANT: the block's own reference, given back by `deallocate`.
        core::mem::forget(Arc::clone(&self.memory));
        let address = DmaAddr::new(self.base().raw().wrapping_add(offset as u64));
        Ok(DmaBlock { memory, address })
    }

    #[inline]
    unsafe fn share(&self, block: DmaBlock, layout: Layout) {
        let start = self.memory.offset_of(block);
        // INVARIANT: handed out with this layout by contract.
        self.memory.blocks.lock().shared.insert(start, start.wrapping_add(layout.size()));
    }

    #[inline]
    unsafe fn deallocate(&self, block: DmaBlock, layout: Layout) {
        let start = self.memory.offset_of(block);
        let mut blocks = self.memory.blocks.lock();
        blocks.shared.remove(&start);
        // INVARIANT: handed out with this layout by contract.
        blocks.free.give(start..start.wrapping_add(layout.size()));
        drop(blocks);
        // SAFETY: the reference that `allocate` forgot for this block; `self`
        // has one, too.
        unsafe { Arc::decrement_strong_count(Arc::as_ptr(&self.memory)) };
    }
}

impl fmt::Debug for SimRam {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SimRam({}, {:#x} bytes)", self.base(), self.size())
    }
}
