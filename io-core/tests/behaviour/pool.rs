//! The pool of coherent memory: the addresses of blocks, and when freed memory can be reused.

use core::alloc::Layout;

use io_core::{
    Coherent, CoherentView, DmaAddr, DmaAllocator, DmaBlock, DmaPool, Error, prelude::*,
};

use crate::support::raw::Raw;

/// A pool over `len` bytes of the memory, starting at byte `from`, at device address `address`.
fn pool(memory: &Raw, from: usize, len: usize, address: u64) -> DmaPool<'_> {
    let place = core::ptr::slice_from_raw_parts_mut(memory.ptr().wrapping_add(from), len);
    // SAFETY: the test owns the memory, which is used through the pool alone.
    let system = unsafe { SysMem::new(place) };
    // SAFETY: no device uses the address.
    let view = unsafe { CoherentView::new(system, DmaAddr::new(address)) };
    // SAFETY: as above.
    unsafe { DmaPool::new(view) }
}

fn layout(size: usize, align: usize) -> Layout {
    Layout::from_size_align(size, align).unwrap()
}

/// Returns the offset of a block, and asserts that it is the same in both address spaces.
fn offset(memory: &Raw, base: u64, block: DmaBlock) -> usize {
    let cpu = block.memory.addr().get() - memory.ptr().addr();
    assert_eq!(block.address.raw() - base, cpu as u64);
    cpu
}

#[test]
fn blocks_are_aligned_and_disjoint() {
    let memory = Raw::new(0x80);
    let pool = pool(&memory, 0, 0x80, 0x1000);
    let wanted = [(1, 1), (4, 4), (3, 1), (2, 2), (8, 8), (1, 1), (16, 16), (5, 1)];
    let mut end = 0;
    for (size, align) in wanted {
        let start = offset(&memory, 0x1000, pool.allocate(layout(size, align)).unwrap());
        assert!(start >= end && start.is_multiple_of(align));
        // The block starts at the first aligned offset.
        assert!(start < end + align);
        end = start + size;
        assert_eq!(pool.available(), 0x80 - end);
    }
}

#[test]
fn blocks_never_extend_past_the_end() {
    let memory = Raw::new(0x30);
    // The guard page follows: an access beyond the end would be fatal.
    let pool = pool(&memory, 0, 0x30, 0x1000);
    let error = |size, align| Err(Error::NoMemory { size, align });
    assert_eq!(pool.allocate(layout(0x31, 1)), error(0x31, 1));
    assert_eq!(pool.allocate(layout(0, 1)), Err(Error::Empty));
    assert_eq!(pool.available(), 0x30);
    pool.allocate(layout(0x29, 1)).unwrap();
    assert_eq!(pool.allocate(layout(8, 1)), error(8, 1));
    // It would be aligned only if it started before the free bytes.
    assert_eq!(pool.allocate(layout(4, 8)), error(4, 8));
    assert_eq!(pool.allocate(layout(isize::MAX as usize, 1)), error(isize::MAX as usize, 1));
    assert_eq!(pool.available(), 7);
    pool.allocate(layout(7, 1)).unwrap();
    assert_eq!(pool.allocate(layout(1, 1)), error(1, 1));
    assert_eq!(pool.available(), 0);
}

#[test]
fn the_last_block_is_reusable_immediately() {
    let memory = Raw::new(0x40);
    let pool = pool(&memory, 0, 0x40, 0x1000);
    let at = |block| offset(&memory, 0x1000, block);
    let word = layout(8, 8);
    let blocks: Vec<_> = (0..3).map(|_| pool.allocate(word).unwrap()).collect();
    // SAFETY: the block was allocated by this pool with this layout.
    unsafe { pool.deallocate(blocks[2], word) };
    assert_eq!((pool.available(), at(pool.allocate(word).unwrap())), (0x30, 0x10));
    // A block in the middle cannot be reused immediately.
    // SAFETY: the block was allocated by this pool with this layout.
    unsafe { pool.deallocate(blocks[1], word) };
    assert_eq!((pool.available(), at(pool.allocate(word).unwrap())), (0x28, 0x18));
}

#[test]
fn freeing_all_blocks_restores_the_whole_pool() {
    let memory = Raw::new(0x40);
    let pool = pool(&memory, 0, 0x40, 0x1000);
    let word = layout(8, 8);
    for order in [[0, 1, 2], [1, 0, 2], [2, 0, 1], [2, 1, 0]] {
        let blocks: Vec<_> = (0..3).map(|_| pool.allocate(word).unwrap()).collect();
        assert_eq!(pool.available(), 0x40 - 0x18);
        for i in order {
            assert_ne!(pool.available(), 0x40);
            // SAFETY: the block was allocated by this pool with this layout.
            unsafe { pool.deallocate(blocks[i], word) };
        }
        assert_eq!(pool.available(), 0x40);
    }
}

#[test]
fn reused_blocks_are_zeroed() {
    let memory = Raw::new(0x20);
    let pool = pool(&memory, 0, 0x20, 0x1000);
    for _ in 0..3 {
        let bytes = Coherent::<[u8], _>::zeroed_slice(&pool, 0x20).unwrap();
        assert!((&bytes).iter().all(|byte| byte.read_val() == 0));
        (&bytes).fill(0xff);
    }
    // An allocation clears its own bytes only.
    let one = Coherent::<[u8], _>::zeroed_slice(&pool, 5).unwrap();
    memory.expect(0, &[0; 5]);
    memory.expect(5, &[0xff; 0x1b]);
    memory.unchanged();
    let _two = Coherent::<[u8], _>::zeroed_slice(&pool, 3).unwrap();
    (&one).fill(1);
    assert_eq!(memory.get::<9>(0), [1, 1, 1, 1, 1, 0, 0, 0, 0xff]);
}

/// Both addresses must be aligned; if that is impossible, the allocation fails.
#[test]
fn blocks_are_aligned_in_both_address_spaces() {
    let memory = Raw::new(0x40);
    // The memory starts 4 bytes after a multiple of 16; the device address is a multiple of 16.
    let skewed = pool(&memory, 4, 0x3c, 0x1000);
    let error = |align| Err(Error::NoMemory { size: 4, align });
    assert_eq!(skewed.allocate(layout(4, 8)), error(8));
    assert_eq!(skewed.allocate(layout(4, 16)), error(16));
    let block = skewed.allocate(layout(4, 4)).unwrap();
    assert_eq!((block.address.raw(), block.memory.addr().get() % 16), (0x1000, 4));
    // Both start 4 bytes after a multiple of 16.
    let equal = pool(&memory, 4, 0x3c, 0x1004);
    let block = equal.allocate(layout(4, 16)).unwrap();
    assert_eq!(offset(&memory, 0x1000, block), 0x10);
    assert_eq!(equal.available(), 0x3c - 0x10);
}

#[test]
fn an_empty_pool_allocates_nothing() {
    let memory = Raw::new(0x10);
    let pool = pool(&memory, 0x10, 0, 0x1000);
    assert_eq!(pool.available(), 0);
    let error = pool.allocate(layout(1, 1)).unwrap_err();
    assert_eq!(error.to_string(), "allocation of 0x1 bytes with an alignment of 1 failed");
    memory.unchanged();
}
