//! Coherent memory (rows `CoherentView`, `Coherent`, `CoherentBox`): the device address of every
//! part, and the ownership of the memory.

use core::{alloc::Layout, cell::RefCell, ptr::NonNull};

use io_core::{
    A4, AddressTooWide, Coherent, CoherentBox, CoherentView, DmaAddr, DmaAddr32, DmaAllocator,
    DmaBlock, DmaPool, Error, KnownSize, Loc, Region, prelude::*,
};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::support::raw::Raw;

#[derive(Clone, Copy, Debug, PartialEq, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Desc {
    address: Le<DmaAddr>,
    len: Le<u32>,
    flags: [Le<u16>; 2],
}

#[derive(IoStruct)]
#[io(size = 0x50)]
#[repr(C)]
struct Ring {
    head: Le<u32>,
    bytes: [u8; 12],
    #[io(at = 0x10)]
    desc: [Desc; 4],
}

const BASE: u64 = 0x1_2345_6780;

/// Returns a view of memory at device address [`BASE`], and its start.
fn ring(memory: &Raw) -> (CoherentView<'_, Ring>, usize) {
    // SAFETY: the test owns the memory, which is initialised, aligned and outlives the view.
    let system = unsafe { SysMem::new(memory.ptr().cast::<Ring>()) };
    // SAFETY: no device uses the address.
    (unsafe { CoherentView::new(system, DmaAddr::new(BASE)) }, memory.ptr().addr())
}

/// Asserts that a part is at `offset` bytes from the start, in both address spaces.
#[track_caller]
fn check<T: ?Sized + KnownSize>(part: CoherentView<'_, T>, start: usize, offset: usize) {
    assert_eq!(part.as_sys_mem().as_ptr().cast::<u8>().addr(), start + offset);
    assert_eq!(part.dma_address(), DmaAddr::new(BASE + offset as u64));
}

#[test]
fn projections_move_both_addresses() {
    let memory = Raw::new(0x50);
    let (ring, start) = ring(&memory);
    check(ring, start, 0);
    check(io_project!(ring, .head), start, 0);
    check(io_project!(ring, .bytes), start, 4);
    check(io_project!(ring, .desc[0]), start, 0x10);
    check(io_project!(ring, .desc[3].flags[1]), start, 0x4e);
    check(io_project!(ring, .desc[build: 2].len), start, 0x38);
    check(io_project!(ring, .desc[panic: 1]), start, 0x20);
    check(io_project!(ring, .desc[panic: 1..3]), start, 0x20);
    check(io_project!(ring, .bytes[build: 5..=7]), start, 9);
    check(io_project!(ring, .desc[build: 4..]), start, 0x50);
    memory.unchanged();
}

#[test]
fn parts_of_slices_move_both_addresses() {
    let memory = Raw::new(0x50);
    let (ring, start) = ring(&memory);
    let desc = io_project!(ring, .desc).as_slice();
    check(desc, start, 0x10);
    check(desc.first().unwrap(), start, 0x10);
    check(desc.last().unwrap(), start, 0x40);
    check(desc.get(2).unwrap(), start, 0x30);
    check(desc.try_get(1..3).unwrap(), start, 0x20);
    let (low, high) = desc.split_at(3);
    check(low, start, 0x10);
    check(high, start, 0x40);
    for (i, part) in desc.iter().enumerate() {
        check(part, start, 0x10 + 0x10 * i);
        check(io_project!(part, .address), start, 0x10 + 0x10 * i);
    }
    for (i, part) in desc.iter().rev().enumerate() {
        check(part, start, 0x40 - 0x10 * i);
    }
    for (i, part) in desc.chunks(3).enumerate() {
        check(part, start, 0x10 + 0x30 * i);
    }
    memory.unchanged();
}

#[test]
fn casts_and_regions_move_both_addresses() {
    struct Ring;
    type Memory = Region<0x20, A4, Ring>;
    const WORD: Loc<Memory, Le<u32>> = Loc::at(0x1c);
    let memory = Raw::new(0x50);
    let (ring, start) = ring(&memory);
    let bytes = io_project!(ring, .bytes);
    check(io_project!(bytes, [build: 4..]).try_cast::<Le<u32>>().unwrap(), start, 8);
    check(io_project!(bytes, [build: 8..]).try_cast_slice::<Le<u16>>().unwrap(), start, 12);
    check(bytes.cast::<[u8; 3]>(), start, 4);
    // SAFETY: the test owns the memory, which is valid and aligned.
    let whole = unsafe { SysMem::new(core::ptr::slice_from_raw_parts_mut(memory.ptr(), 0x50)) };
    // SAFETY: no device uses the address.
    let whole = unsafe { CoherentView::new(whole, DmaAddr::new(BASE)) };
    let region = whole.try_region::<Memory>().unwrap();
    check(region, start, 0);
    check(region.subregion(0x24..0x40).unwrap(), start, 0x24);
    check(region.subregion(0x24..0x40).unwrap().subregion(0x10..0x14).unwrap(), start, 0x34);
    check(io_project!(region, build: WORD), start, 0x1c);
    memory.unchanged();
}

/// A descriptor of a device whose addresses have 32 bits, in either byte order.
#[derive(IoStruct)]
#[repr(C)]
struct Narrow {
    address: Le<DmaAddr32>,
    next: Be<DmaAddr32>,
}

#[test]
fn addresses_of_32_bits_are_converted_or_rejected() {
    let memory = Raw::new(16);
    // SAFETY: the test owns the memory, which is initialised, aligned and outlives the view.
    let narrow: SysMem<'_, Narrow> = unsafe { SysMem::new(memory.ptr().cast()) };
    let store = |address: DmaAddr| -> Result<(), AddressTooWide> {
        let address = address.try_into()?;
        io_write!(narrow, .address, address);
        io_write!(narrow, .next, address);
        Ok(())
    };
    assert_eq!(store(DmaAddr::new(0xfedc_ba98)), Ok(()));
    let bytes = [0x98, 0xba, 0xdc, 0xfe, 0xfe, 0xdc, 0xba, 0x98];
    assert_eq!(memory.get(0), bytes);
    assert_eq!(DmaAddr::from(io_read!(narrow, .next)), DmaAddr::new(0xfedc_ba98));

    let memory = Raw::new(0x50);
    let address = ring(&memory).0.dma_address();
    assert_eq!(store(address), Err(AddressTooWide { address }));
    assert_eq!(u32::try_from(address), Err(AddressTooWide { address }));
    for (raw, fits) in [(0, true), (u32::MAX.into(), true), (1 << 32, false), (u64::MAX, false)] {
        assert_eq!(DmaAddr32::try_from(DmaAddr::new(raw)).is_ok(), fits, "{raw:#x}");
    }
}

#[test]
fn accesses_of_parts_reach_memory() {
    let memory = Raw::new(0x50);
    let (ring, _) = ring(&memory);
    let part = io_project!(ring, .desc[2]);
    io_write!(part, .len, 0x0102_0304);
    memory.expect(0x38, &[4, 3, 2, 1]);
    part.as_sys_mem().dma_wmb();
    io_write!(part.as_sys_mem(), .flags[0], 7);
    memory.expect(0x3c, &[7, 0]);
    memory.unchanged();
    #[cfg(target_pointer_width = "64")]
    {
        io_write!(part, .address, io_project!(ring, .bytes).dma_address());
        memory.expect(0x30, &(BASE + 4).to_le_bytes());
        memory.unchanged();
        assert_eq!(io_read!(part, .address), DmaAddr::new(BASE + 4));
    }
}

/// An allocator over a pool that records allocations, shares and deallocations.
struct Counting<'a> {
    pool: DmaPool<'a>,
    events: RefCell<Vec<(&'static str, DmaBlock, Layout)>>,
}

impl<'a> Counting<'a> {
    fn new(memory: &'a Raw, len: usize) -> Self {
        let place = core::ptr::slice_from_raw_parts_mut(memory.ptr(), len);
        // SAFETY: the test owns the memory, which is used through the pool alone.
        let system = unsafe { SysMem::new(place) };
        // SAFETY: no device uses the address.
        let view = unsafe { CoherentView::new(system, DmaAddr::new(0x8000)) };
        // SAFETY: as above.
        let pool = unsafe { DmaPool::new(view) };
        Counting { pool, events: RefCell::default() }
    }

    /// Returns the names of the events since the last call.
    fn names(&self) -> Vec<&'static str> {
        self.events.take().into_iter().map(|(name, ..)| name).collect()
    }
}

// SAFETY: all calls go to the pool.
unsafe impl DmaAllocator for Counting<'_> {
    fn allocate(&self, layout: Layout) -> Result<DmaBlock, Error> {
        let block = self.pool.allocate(layout)?;
        self.events.borrow_mut().push(("allocate", block, layout));
        Ok(block)
    }

    unsafe fn share(&self, block: DmaBlock, layout: Layout) {
        self.events.borrow_mut().push(("share", block, layout));
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { self.pool.share(block, layout) };
    }

    unsafe fn deallocate(&self, block: DmaBlock, layout: Layout) {
        self.events.borrow_mut().push(("deallocate", block, layout));
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { self.pool.deallocate(block, layout) };
    }
}

#[test]
fn a_box_is_accessed_by_reference_until_it_is_shared() -> Result<(), Error> {
    let memory = Raw::new(0x40);
    let alloc = Counting::new(&memory, 0x40);
    let desc = Desc { address: DmaAddr::new(7).into(), len: 9.into(), flags: [0.into(); 2] };
    let mut boxed = CoherentBox::new(&alloc, desc)?;
    assert_eq!(*boxed, desc);
    boxed.len = Le::<u32>::new(0x0a0b_0c0d);
    assert_eq!(alloc.names(), ["allocate"]);
    let shared = boxed.share();
    assert_eq!(alloc.names(), ["share"]);
    assert_eq!(shared.dma_address(), DmaAddr::new(0x8000));
    assert_eq!((&shared).as_view().dma_address(), shared.dma_address());
    assert_eq!(io_read!(&shared, .len), 0x0a0b_0c0d);
    assert_eq!(memory.get::<12>(0), [7, 0, 0, 0, 0, 0, 0, 0, 0xd, 0xc, 0xb, 0xa]);
    drop(shared);
    assert_eq!(alloc.names(), ["deallocate"]);
    // A box that was never shared is deallocated as well.
    drop(CoherentBox::new(&alloc, desc)?);
    assert_eq!(alloc.names(), ["allocate", "deallocate"]);
    let shared: Coherent<Desc, _> = CoherentBox::<Desc, _>::zeroed(&alloc)?.into();
    assert_eq!((&shared).copy_read().len.get(), 0);
    drop(shared);
    assert_eq!(alloc.names(), ["allocate", "share", "deallocate"]);
    Ok(())
}

#[test]
fn deallocation_receives_the_allocated_block_and_layout() -> Result<(), Error> {
    let memory = Raw::new(0x40);
    let alloc = Counting::new(&memory, 0x40);
    let one = Coherent::<Desc, _>::zeroed(&alloc)?;
    let many = Coherent::<[Le<u16>], _>::zeroed_slice(&alloc, 5)?;
    assert_eq!((many.dma_address(), (&many).len()), (DmaAddr::new(0x8010), 5));
    assert_eq!(alloc.pool.available(), 0x40 - 0x1a);
    drop((many, one));
    let events = alloc.events.take();
    let layouts = [Layout::new::<Desc>(), Layout::new::<[u16; 5]>()];
    let at = |i: usize| memory.ptr().wrapping_add([0, 0x10][i]);
    for (name, i) in [("allocate", 0), ("share", 0), ("allocate", 1), ("share", 1)]
        .into_iter()
        .chain([("deallocate", 1), ("deallocate", 0)])
    {
        assert!(events.iter().any(|(event, block, layout)| {
            (*event, *layout) == (name, layouts[i])
                && block.memory == NonNull::new(at(i)).unwrap()
                && block.address.raw() == 0x8000 + [0, 0x10][i]
        }));
    }
    assert_eq!((events.len(), alloc.pool.available()), (6, 0x40));
    Ok(())
}

#[test]
fn zeroed_allocations_contain_zeros() -> Result<(), Error> {
    let memory = Raw::new(0x20);
    let alloc = Counting::new(&memory, 0x20);
    (&Coherent::<[u8], _>::zeroed_slice(&alloc, 0x20)?).fill(0xff);
    assert_eq!(memory.get::<0x20>(0), [0xff; 0x20]);
    let boxed = CoherentBox::<[u8], _>::zeroed_slice(&alloc, 0x18)?;
    assert!(boxed.iter().all(|byte| *byte == 0));
    // The bytes after the slice are unchanged.
    assert_eq!(memory.get::<8>(0x18), [0xff; 8]);
    Ok(())
}

#[test]
fn a_boxed_slice_derefs_to_a_slice() -> Result<(), Error> {
    let memory = Raw::new(0x20);
    let alloc = Counting::new(&memory, 0x20);
    let mut boxed = CoherentBox::<[Le<u16>], _>::zeroed_slice(&alloc, 4)?;
    assert_eq!(boxed.len(), 4);
    boxed[3] = Le::<u16>::new(0x0102);
    let shared = boxed.share();
    assert_eq!(io_read!(&shared, [panic: 3]), 0x0102);
    assert_eq!(io_project!(&shared, [panic: 3]).dma_address(), DmaAddr::new(0x8006));
    assert_eq!(format!("{shared:?}"), "Coherent(0x8000, 0x8 bytes)");
    let boxed = CoherentBox::<Desc, _>::zeroed(&alloc)?;
    assert_eq!(format!("{boxed:?}"), "CoherentBox(0x10 bytes)");
    Ok(())
}

#[test]
fn empty_and_oversized_allocations_are_errors() {
    let memory = Raw::new(0x20);
    let alloc = Counting::new(&memory, 0x20);
    let slice = |len| Coherent::<[Le<u32>], _>::zeroed_slice(&alloc, len).map(drop);
    assert_eq!(slice(0), Err(Error::Empty));
    assert_eq!(Coherent::<[u8; 0], _>::zeroed(&alloc).map(drop), Err(Error::Empty));
    assert_eq!(Coherent::<[()], _>::zeroed_slice(&alloc, 9).map(drop), Err(Error::Empty));
    assert_eq!(slice(9), Err(Error::NoMemory { size: 36, align: 4 }));
    let size = usize::MAX;
    assert_eq!(slice(usize::MAX), Err(Error::NoMemory { size, align: 4 }));
    let size = isize::MAX as usize / 4 * 4 + 4;
    assert_eq!(slice(size / 4), Err(Error::NoMemory { size, align: 4 }));
    assert_eq!(alloc.names(), [""; 0]);
}
