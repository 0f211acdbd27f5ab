//! Allocation of coherent memory for a number of elements, or of bytes, that is known at run time.

use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
use io_core::{A2, A16, Coherent, CoherentBox, CoherentView, DmaPool, Error, Region, prelude::*};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::support::raw::Raw;

#[derive(IoStruct)]
#[repr(C)]
struct Avail {
    flags: Le<u16>,
    idx: Le<u16>,
    ring: [Le<u16>],
}

/// The elements have a larger alignment than the header.
#[io_struct]
struct Used<E> {
    flags: Le<u16>,
    idx: Le<u16>,
    #[io(at = 0x08)]
    ring: [E],
}

/// Returns a pool over 512 bytes aligned to 16, whose first allocation is one byte.
fn pool(raw: &Raw) -> DmaPool<'_> {
    let bytes = core::ptr::slice_from_raw_parts_mut(raw.ptr().cast::<u8>(), 512);
    // SAFETY: 512 bytes that outlive the view, used by nothing else.
    let memory = unsafe { SysMem::new(bytes) };
    // SAFETY: no device uses the address.
    let memory = unsafe { CoherentView::new(memory, DmaAddr::new(0x1000)) };
    // SAFETY: the view is used by nothing else.
    unsafe { DmaPool::new(memory) }
}

/// Its size, without elements, is not a multiple of its alignment.
#[derive(FromBytes, Immutable, IntoBytes, KnownLayout, IoStruct)]
#[repr(C)]
struct Wide {
    head: Le<u32>,
    ring: [Le<u32>],
}

#[test]
fn zeroed_tail_allocates_aligned_memory_of_the_size() {
    let raw = Raw::new(512);
    let pool = pool(&raw);
    let _status = Coherent::<u8, _>::zeroed(&pool).unwrap();
    let avail = Coherent::<Avail, _>::zeroed_tail(&pool, 8).unwrap();
    assert_eq!(((&avail).size(), avail.dma_address()), (20, DmaAddr::new(0x1002)));
    io_write!(&avail, .ring[panic: 7], 3);
    assert!(io_project!(&avail, .ring).get(8).is_none());
    let used = Coherent::<Used<Le<u64>>, _>::zeroed_tail(&pool, 8).unwrap();
    assert_eq!(((&used).size(), used.dma_address()), (72, DmaAddr::new(0x1018)));
    // A block without elements consists of its header.
    let header = Coherent::<Used<u16>, _>::zeroed_tail(&pool, 0).unwrap();
    assert_eq!((&header).size(), 8);
}

#[test]
fn zeroed_tail_rejects_lengths_that_no_memory_has() {
    let raw = Raw::new(512);
    let pool = pool(&raw);
    let size_of = |count| Coherent::<Avail, _>::zeroed_tail(&pool, count).map(|_| ()).unwrap_err();
    assert_eq!(size_of(usize::MAX / 2 + 1), Error::NoMemory { size: usize::MAX, align: 2 });
    assert_eq!(size_of(usize::MAX / 2), Error::NoMemory { size: usize::MAX, align: 2 });
    let size = usize::MAX / 4 * 2 + 4;
    assert_eq!(size_of(usize::MAX / 4), Error::NoMemory { size, align: 2 });
    assert_eq!(size_of(300), Error::NoMemory { size: 604, align: 2 });
    let empty = Coherent::<OnlySlice, _>::zeroed_tail(&pool, 0).map(|_| ());
    assert_eq!(empty, Err(Error::Empty));
}

#[derive(IoStruct)]
#[repr(C)]
struct OnlySlice {
    entries: [Le<u64>],
}

#[test]
fn boxes_of_blocks_with_a_tail_are_filled_and_shared() {
    let raw = Raw::new(512);
    let pool = pool(&raw);
    let mut wide = CoherentBox::<Wide, _>::zeroed_tail(&pool, 3).unwrap();
    wide.ring[2] = 7.into();
    let wide = wide.share();
    assert_eq!(io_read!(&wide, .ring[panic: 2]), 7);
    assert_eq!((&wide).size(), 16);
}

#[test]
fn zeroed_region_is_aligned_for_casts() {
    let raw = Raw::new(512);
    let pool = pool(&raw);
    let _status = Coherent::<u8, _>::zeroed(&pool).unwrap();
    let queue = Coherent::<Region<0, A16>, _>::zeroed_region(&pool, 0x60).unwrap();
    assert_eq!(queue.dma_address(), DmaAddr::new(0x1010));
    let part = (&queue).subregion(0x40..0x60).unwrap();
    io_write!(part.try_cast_tail::<Avail>(14).unwrap(), .ring[panic: 13], 1);
    assert!(part.try_cast_tail::<Avail>(15).is_err());
    let region = |size| Coherent::<Region<8, A2>, _>::zeroed_region(&pool, size).map(|_| ());
    assert_eq!(region(6), Err(Error::OutOfRange { offset: 0, size: 8, limit: 6 }));
    assert_eq!(region(9), Err(Error::Misaligned { address: 9, align: 2 }));
    assert_eq!(region(1024), Err(Error::NoMemory { size: 1024, align: 2 }));
    let empty = Coherent::<Region, _>::zeroed_region(&pool, 0).map(|_| ());
    assert_eq!(empty, Err(Error::Empty));
}

static DROPS: AtomicU32 = AtomicU32::new(0);

/// Plain data with a destructor, which `IoStruct` rejects.
#[derive(FromBytes, IntoBytes)]
#[repr(C)]
struct Counted(u32);

impl Drop for Counted {
    fn drop(&mut self) {
        DROPS.fetch_add(1 + self.0, Relaxed);
    }
}

#[test]
fn values_in_coherent_memory_are_not_dropped() {
    let raw = Raw::new(512);
    let pool = pool(&raw);
    let counted = CoherentBox::new(&pool, Counted(7)).unwrap();
    assert_eq!((counted.0, DROPS.load(Relaxed)), (7, 0));
    drop(counted.share());
    assert_eq!(DROPS.load(Relaxed), 0);
}
