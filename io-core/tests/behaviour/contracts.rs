//! Uses at the limits of what the `# Safety` sections of views and allocators permit. Under Miri,
//! each test fails if the library relies on more than the section requires.

use core::sync::atomic::{AtomicU8, AtomicU32, Ordering};

use io_core::{CoherentBox, CoherentView, DmaAddr, DmaPool, FaultMem, fault::Fault, prelude::*};
use io_sim::{FaultyBytes, SimFaults};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::support::raw::Raw;

#[derive(Clone, Copy, Debug, PartialEq, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Pair {
    first: u32,
    second: u32,
}

/// `SysMem::new`: Rust atomics of the width of the accesses may be used at the same time.
#[test]
fn atomics_of_the_same_width_may_race_with_accesses() {
    let memory = [AtomicU32::new(0), AtomicU32::new(0)];
    // SAFETY: the atomics are accessed by the view and as atomics of its width alone.
    let view = unsafe { SysMem::new(memory.as_ptr().cast::<Pair>().cast_mut()) };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for value in 0..50 {
                memory[0].store(value, Ordering::Relaxed);
                assert!(memory[1].load(Ordering::Relaxed) < 50);
            }
        });
        for value in 0..50 {
            io_write!(view, .second, value);
            assert!(io_read!(view, .first) < 50);
        }
    });
}

/// `SysMem::new`: copies are accesses of one byte, so that `AtomicU8` may be used with them.
#[test]
fn atomic_bytes_may_race_with_copies_of_a_view() {
    let memory = [const { AtomicU8::new(0) }; 8];
    // SAFETY: the bytes are accessed by copies of the view and as `AtomicU8` alone.
    let view = unsafe { SysMem::new(memory.as_ptr().cast::<[u8; 8]>().cast_mut()) };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for value in 0..20 {
                memory.iter().for_each(|byte| byte.store(value, Ordering::Relaxed));
            }
        });
        for _ in 0..20 {
            assert!(view.copy_read().iter().all(|byte| *byte < 20));
        }
    });
}

/// `FaultMem::new`: bytes that fault need not be memory that this view may access.
#[test]
fn bytes_that_fault_may_be_borrowed_beside_a_view() {
    let mut memory = [1_u32, 2];
    let start = memory.as_mut_ptr();
    let _faulty = FaultyBytes::new(start.wrapping_add(1).cast(), 4);
    // SAFETY: `first` is accessed by the view alone; every access of `second` faults.
    let view = unsafe { FaultMem::<Pair, SimFaults>::new(start.cast()) };
    // SAFETY: the second word, which no other reference covers.
    let second = unsafe { &mut *start.wrapping_add(1) };
    assert_eq!(io_read!(view, .first), Ok(1));
    assert_eq!(io_write!(view, .second, 7), Err(Fault));
    *second += 1;
    assert_eq!(memory, [1, 3]);
}

/// `CoherentView::new`: `address` plus the size may be the end of the address space, and not more.
#[test]
fn a_view_ends_at_the_end_of_the_device_address_space() {
    let memory = Raw::new(0x10);
    memory.put(0, &[0; 0x10]);
    // SAFETY: the test owns the memory, which is initialised and aligned.
    let system = unsafe { SysMem::new(memory.ptr().cast::<Pair>()) };
    // SAFETY: no device uses the address, and its last byte is the last one of the address space.
    let view = unsafe { CoherentView::new(system, DmaAddr::new(u64::MAX - 7)) };
    assert_eq!(io_project!(view, .second).dma_address(), DmaAddr::new(u64::MAX - 3));
}

/// `DmaAllocator`: blocks stay valid if the allocator is moved.
#[test]
fn blocks_stay_valid_when_the_pool_moves() {
    let memory = Raw::new(0x40);
    memory.put(0, &[0; 0x40]);
    let bytes = core::ptr::slice_from_raw_parts_mut(memory.ptr(), 0x40);
    // SAFETY: the test owns the memory, which is used through the pool alone.
    let system = unsafe { SysMem::new(bytes) };
    // SAFETY: no device uses the address.
    let view = unsafe { CoherentView::new(system, DmaAddr::new(0x1000)) };
    // SAFETY: the memory is used through the pool alone.
    let pool = unsafe { DmaPool::new(view) };
    let boxed = Box::new(pool);
    let pool = *boxed;
    let mut pair = CoherentBox::<Pair, _>::zeroed(&pool).unwrap();
    pair.second = 5;
    assert_eq!(*pair, Pair { first: 0, second: 5 });
}

/// `DmaAllocator::allocate`: all bytes are zero, also of memory that was used before.
#[test]
fn memory_that_was_used_is_zero_again() {
    let memory = Raw::new(0x10);
    memory.put(0, &[0xff; 0x10]);
    let bytes = core::ptr::slice_from_raw_parts_mut(memory.ptr(), 0x10);
    // SAFETY: the test owns the memory, which is used through the pool alone.
    let system = unsafe { SysMem::new(bytes) };
    // SAFETY: no device uses the address.
    let view = unsafe { CoherentView::new(system, DmaAddr::new(0x1000)) };
    // SAFETY: the memory is used through the pool alone.
    let pool = unsafe { DmaPool::new(view) };
    let pair = CoherentBox::<Pair, _>::zeroed(&pool).unwrap();
    assert_eq!(*pair, Pair { first: 0, second: 0 });
}
