//! The memory of a simulated machine.

use core::alloc::Layout;

use io_core::{Coherent, CoherentBox, DmaAddr, DmaAllocator, DmaBlock, Error, prelude::*};
use io_sim::SimRam;

const BASE: u64 = 0x4000_0000;

/// `true` if a 64-bit offset may exceed `usize`.
const SHORT: bool = cfg!(target_pointer_width = "32");

fn try_ram(base: u64, size: usize) -> Result<SimRam, Error> {
    SimRam::new(DmaAddr::new(base), size)
}

fn ram(size: usize) -> SimRam {
    try_ram(BASE, size).unwrap()
}

fn layout(size: usize, align: usize) -> Layout {
    Layout::from_size_align(size, align).unwrap()
}

/// Returns the offset of a block from the memory's base.
fn offset(block: &DmaBlock) -> u64 {
    block.address.raw() - BASE
}

fn free(ram: &SimRam, block: DmaBlock, layout: Layout) {
    // SAFETY: the callers pass a block that they got from `allocate` with this layout, once.
    unsafe { ram.deallocate(block, layout) };
}

#[test]
fn invalid_memory_is_rejected() {
    assert_eq!(try_ram(BASE, 0).err(), Some(Error::Empty));
    let error = Error::Misaligned { address: 0x4000_0800, align: 4096 };
    assert_eq!(try_ram(BASE + 0x800, 64).err(), Some(error));
    let error = Error::NoMemory { size: 4096, align: 4096 };
    assert_eq!(try_ram(u64::MAX - 4095, 4096).err(), Some(error));
    let size = usize::MAX;
    assert_eq!(try_ram(BASE, size).err(), Some(Error::NoMemory { size, align: 4096 }));
}

#[test]
fn base_size_and_available_bytes_are_reported() {
    let ram = ram(0x3000);
    assert_eq!((ram.base(), ram.size(), ram.available()), (DmaAddr::new(BASE), 0x3000, 0x3000));
    assert_eq!(format!("{ram:?}"), "SimRam(0x40000000, 0x3000 bytes)");
}

#[test]
fn blocks_can_be_freed_in_any_order() {
    let sizes = [16, 48, 64, 128];
    for order in 0..4_usize.pow(4) {
        let order: Vec<_> = (0..4).map(|i| order / 4_usize.pow(i) % 4).collect();
        if (0..4).any(|i| !order.contains(&i)) {
            continue;
        }
        let ram = ram(256);
        let blocks = sizes.map(|size| ram.allocate(layout(size, 16)).unwrap());
        assert_eq!(blocks.each_ref().map(offset), [0, 16, 64, 128]);
        assert_eq!(ram.available(), 0);
        let mut left = 0;
        for i in order {
            free(&ram, blocks[i], layout(sizes[i], 16));
            left += sizes[i];
            assert_eq!(ram.available(), left);
        }
        // The free ranges have been merged into one.
        let whole = ram.allocate(layout(256, 4096)).unwrap();
        free(&ram, whole, layout(256, 4096));
    }
}

#[test]
fn only_adjacent_free_spans_are_merged() {
    let ram = ram(64);
    let blocks = [0; 4].map(|_| ram.allocate(layout(16, 1)).unwrap());
    free(&ram, blocks[0], layout(16, 1));
    free(&ram, blocks[2], layout(16, 1));
    assert_eq!(ram.available(), 32);
    let error = ram.allocate(layout(17, 1)).unwrap_err();
    assert_eq!(error, Error::NoMemory { size: 17, align: 1 });
    free(&ram, blocks[1], layout(16, 1));
    let joined = ram.allocate(layout(48, 1)).unwrap();
    assert_eq!(offset(&joined), 0);
    free(&ram, joined, layout(48, 1));
    free(&ram, blocks[3], layout(16, 1));
}

#[test]
fn allocation_uses_the_first_span_that_fits() {
    let ram = ram(0x100);
    let blocks =
        [0x20, 0x10, 0x40, 0x10].map(|size| (ram.allocate(layout(size, 1)).unwrap(), size));
    free(&ram, blocks[0].0, layout(0x20, 1));
    free(&ram, blocks[2].0, layout(0x40, 1));
    let small = ram.allocate(layout(0x18, 1)).unwrap();
    let large = ram.allocate(layout(0x30, 1)).unwrap();
    let last = ram.allocate(layout(0x18, 1)).unwrap();
    assert_eq!([small, large, last].each_ref().map(offset), [0, 0x30, 0x80]);
    for (block, size) in [(small, 0x18), (large, 0x30), (last, 0x18), blocks[1], blocks[3]] {
        free(&ram, block, layout(size, 1));
    }
    assert_eq!(ram.available(), 0x100);
}

#[test]
fn blocks_are_aligned_in_both_address_spaces() {
    let ram = ram(0x4000);
    let odd = ram.allocate(layout(1, 1)).unwrap();
    for align in (0..=12).map(|shift| 1_usize << shift) {
        let block = ram.allocate(layout(3, align)).unwrap();
        assert!(block.address.raw().is_multiple_of(align as u64), "{align}");
        assert!(block.memory.addr().get().is_multiple_of(align), "{align}");
        let skew = block.memory.addr().get() - odd.memory.addr().get();
        assert_eq!(skew as u64, offset(&block), "{align}");
        free(&ram, block, layout(3, align));
    }
    let error = ram.allocate(layout(3, 8192)).unwrap_err();
    assert_eq!(error, Error::NoMemory { size: 3, align: 8192 });
    // The bytes before an aligned block remain available.
    let block = ram.allocate(layout(64, 64)).unwrap();
    assert_eq!((offset(&block), ram.available()), (64, 0x4000 - 65));
    let before = ram.allocate(layout(63, 1)).unwrap();
    assert_eq!(offset(&before), 1);
    free(&ram, before, layout(63, 1));
    free(&ram, block, layout(64, 64));
    free(&ram, odd, layout(1, 1));
}

#[test]
fn exhaustion_is_reported_with_size_and_alignment() {
    let ram = ram(4096);
    let all = Coherent::<[u32], _>::zeroed_slice(&ram, 1024).unwrap();
    let error = Coherent::<u64, _>::zeroed(&ram).unwrap_err();
    assert_eq!(error, Error::NoMemory { size: 8, align: align_of::<u64>() });
    drop(all);
    Coherent::<u64, _>::zeroed(&ram).unwrap();
    assert_eq!(ram.available(), 4096);
    let error = ram.allocate(layout(0, 1)).unwrap_err();
    assert_eq!(error, Error::Empty);
    let error = ram.allocate(layout(4097, 1)).unwrap_err();
    assert_eq!(error, Error::NoMemory { size: 4097, align: 1 });
}

#[test]
fn reallocated_memory_is_zeroed() {
    let ram = ram(64);
    for _ in 0..2 {
        let block = Coherent::<[u8], _>::zeroed_slice(ram.clone(), 64).unwrap();
        assert!(block.iter().all(|byte| byte.read_val() == 0));
        block.fill(0xa5);
    }
    let private = CoherentBox::<[u8; 64], _>::zeroed(&ram).unwrap();
    assert_eq!(*private, [0; 64]);
}

/// Allocates a pair of words that is not at the start of the memory.
fn pair(ram: &SimRam) -> Coherent<[Le<u32>; 2], &SimRam> {
    let before = Coherent::<[u8; 40], _>::zeroed(ram).unwrap();
    let words = [0x0403_0201, 0x0807_0605].map(Le::<u32>::new);
    let pair = CoherentBox::new(ram, words).unwrap().share();
    assert_eq!(pair.dma_address(), DmaAddr::new(BASE + 40));
    drop(before);
    pair
}

#[test]
fn the_device_reads_what_the_driver_wrote() {
    let ram = ram(4096);
    let pair = pair(&ram);
    for len in 0..=8 {
        let mut bytes = vec![0xff; len];
        ram.read(pair.dma_address(), &mut bytes).unwrap();
        assert_eq!(bytes, [1, 2, 3, 4, 5, 6, 7, 8][..len]);
    }
    for at in 41..=44 {
        let mut bytes = [0; 4];
        ram.read(DmaAddr::new(BASE + at), &mut bytes).unwrap();
        let first = at as u8 - 39;
        assert_eq!(bytes, [first, first + 1, first + 2, first + 3]);
    }
}

/// Uses new memory for each write: Miri 2026-05 crashes on a word store to memory that was stored
/// bytewise before (a limitation of its weak memory emulation, not a data race).
#[test]
fn the_driver_reads_what_the_device_wrote() {
    let bytes = [0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8];
    for (at, len) in (0..8).flat_map(|at| (0..=8 - at).map(move |len| (at, len))) {
        let ram = ram(4096);
        let pair = pair(&ram);
        ram.write(DmaAddr::new(BASE + 40 + at as u64), &bytes[..len]).unwrap();
        let mut expected = [1, 2, 3, 4, 5, 6, 7, 8];
        expected[at..at + len].copy_from_slice(&bytes[..len]);
        let (low, high) = expected.split_at(4);
        let words = [low, high].map(|word| u32::from_le_bytes(word.try_into().unwrap()));
        assert!((&pair).iter().map(|word| word.read_val()).eq(words), "{at} {len}");
        assert_eq!((&pair).get(1).unwrap().dma_address(), DmaAddr::new(BASE + 44));
    }
}

#[test]
fn device_accesses_past_the_end_are_errors() {
    let ram = ram(64);
    let all = Coherent::<[u8; 64], _>::zeroed(&ram).unwrap();
    let error = |offset, size| Err(Error::OutOfRange { offset, size, limit: 64 });
    let at = |offset: u64| DmaAddr::new(BASE.wrapping_add(offset));
    assert_eq!(ram.write(at(60), &[9; 5]), error(60, 5));
    assert_eq!(ram.read(at(64), &mut [0]), error(64, 1));
    assert_eq!(ram.write(at(60), &[9; 4]), Ok(()));
    assert_eq!((ram.write(at(64), &[]), ram.read(at(65), &mut [])), (Ok(()), Ok(())));
    let mut bytes = [1; 65];
    assert_eq!(ram.read(at(0), &mut bytes), error(0, 65));
    assert_eq!(bytes, [1; 65]);
    for size in [4, 8] {
        let below = ram.read(DmaAddr::new(BASE - 4), &mut [0; 8][..size]);
        assert_eq!(below, error(usize::MAX - if SHORT { 0 } else { 3 }, size));
    }
    assert!((&all).get(60..).unwrap().iter().all(|byte| byte.read_val() == 9));
}

#[test]
fn devices_can_access_only_shared_blocks() {
    let ram = ram(256);
    let denied = |ram: &SimRam, at, size, limit| {
        let error = Err(Error::OutOfRange { offset: at as usize, size, limit });
        assert_eq!(ram.read(DmaAddr::new(BASE + at), &mut vec![0; size]), error);
        assert_eq!(ram.write(DmaAddr::new(BASE + at), &vec![0; size]), error);
    };
    // Memory that is not allocated.
    denied(&ram, 0, 4, 0);
    denied(&ram, 100, 200, 0);
    // Memory that is not shared.
    let mut one = CoherentBox::new(&ram, [1_u8; 32]).unwrap();
    denied(&ram, 0, 1, 0);
    one[0] += 1;
    // Shared memory: accessible to the end of the block, but not beyond it into the next one.
    let one = one.share();
    let two = Coherent::<[u8; 32], _>::zeroed(&ram).unwrap();
    let mut bytes = [0; 32];
    ram.read(one.dma_address(), &mut bytes).unwrap();
    assert_eq!(bytes[..2], [2, 1]);
    denied(&ram, 0, 33, 32);
    denied(&ram, 31, 2, 32);
    ram.write(DmaAddr::new(BASE + 32), &[7; 32]).unwrap();
    denied(&ram, 63, 2, 64);
    denied(&ram, 64, 1, 0);
    // Memory that was freed.
    drop(one);
    denied(&ram, 0, 1, 0);
    assert_eq!((&two).get(0).unwrap().read_val(), 7);
    drop(two);
    denied(&ram, 32, 1, 0);
}

#[test]
fn blocks_keep_the_memory_alive() {
    let ram = ram(4096);
    let device = ram.clone();
    let word = CoherentBox::new(ram, Le::<u32>::new(1)).unwrap().share();
    device.write(word.dma_address(), &[2, 0, 0, 0]).unwrap();
    drop(device);
    assert_eq!((&word).read_val(), 2);
    (&word).write_val(3);
    assert_eq!((&word).read_val(), 3);
}

/// Not under Miri: no handle is left to deallocate the block, and Miri reports leaks.
#[cfg(not(miri))]
#[test]
fn leaked_blocks_keep_the_memory_alive() {
    let ram = ram(4096);
    let block = ram.allocate(layout(4, 4)).unwrap();
    drop(ram);
    let others = [0; 4].map(|_| try_ram(BASE, 4096).unwrap());
    for other in &others {
        assert_ne!(other.allocate(layout(4, 4)).unwrap().memory, block.memory);
    }
    // SAFETY: the block is not deallocated. The allocator guarantees that it is aligned and zeroed.
    let word = unsafe { SysMem::<u32>::new(block.memory.as_ptr().cast()) };
    assert_eq!(word.read_val(), 0);
}

#[test]
fn threads_allocate_concurrently() {
    let ram = ram(4096);
    std::thread::scope(|s| {
        for id in 1..=4_u8 {
            let ram = ram.clone();
            s.spawn(move || {
                for round in 0..8 {
                    let block = Coherent::<[u8], _>::zeroed_slice(ram.clone(), 40 + round).unwrap();
                    block.fill(id);
                    ram.write(block.dma_address(), &[id + 100]).unwrap();
                    let mut bytes = vec![0; 40 + round];
                    block.copy_to_slice(&mut bytes);
                    assert_eq!(bytes[0], id + 100);
                    assert!(bytes[1..].iter().all(|byte| *byte == id));
                }
            });
        }
    });
    assert_eq!(ram.available(), 4096);
}

/// Under Miri this also tests that both sides make accesses of the same size: Miri rejects a race
/// of four byte accesses with one word access.
#[test]
fn an_aligned_word_is_never_torn() {
    let ram = ram(4096);
    let up = Coherent::<u32, _>::zeroed(ram.clone()).unwrap();
    let down = Coherent::<u32, _>::zeroed(ram.clone()).unwrap();
    let (to, from) = (up.dma_address(), down.dma_address());
    let whole = |value| assert!(value == 0 || value == u32::MAX, "{value:#x}");
    let rounds = if cfg!(miri) { 50 } else { 100_000 };
    std::thread::scope(|s| {
        s.spawn(|| {
            let mut bytes = [0; 4];
            for i in 0..rounds {
                ram.write(to, &[if i % 2 == 0 { 0xff } else { 0 }; 4]).unwrap();
                ram.read(from, &mut bytes).unwrap();
                whole(u32::from_ne_bytes(bytes));
            }
        });
        for i in 0..rounds {
            (&down).write_val(if i % 2 == 0 { u32::MAX } else { 0 });
            whole((&up).read_val());
        }
    });
}
