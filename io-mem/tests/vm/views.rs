//! Views of memory that may fault: the same macros return a `Result`, and copies report the number
//! of bytes done.

use core::cell::RefCell;

use io_core::{
    AccessError, CopyError, Error, FaultMem, Region, Width,
    backend::{IoBackend, Order},
    fault::{Fault, FaultAtomic, FaultBackend, RecoveryTable},
    prelude::*,
    vm::{Fallible, HasVmReaderWriter, VmIo, VmReader, VmSpan, VmWriter},
};
use io_sim::{FaultyBytes, SimFaults};
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[derive(Clone, Copy, Debug, PartialEq, IoStruct, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
struct Block {
    word: Le<u32>,
    half: Be<u16>,
    bytes: [u8; 2],
    long: [Le<u32>; 2],
}

const SIZE: usize = size_of::<Block>();

/// Sixteen bytes with the values from 0 on. Each test selects the bytes that fault.
#[repr(align(16))]
struct Memory([u8; SIZE]);

impl Memory {
    fn new() -> Box<Self> {
        Box::new(Memory(core::array::from_fn(|i| i as u8)))
    }
}

fn after(done: usize) -> CopyError<Fault> {
    CopyError::Io { error: Fault, done }
}

/// Returns a view that uses `B`, and the address of its first byte.
fn view<B: FaultBackend>(memory: &mut Memory) -> (FaultMem<'_, Block, B>, *mut u8) {
    let ptr = (&raw mut *memory).cast::<u8>();
    // SAFETY: the memory is aligned, has this size, and is borrowed; bytes that do not fault are
    // accessed only by the view.
    (unsafe { FaultMem::new(ptr.cast()) }, ptr)
}

#[test]
fn macros_return_a_result() {
    let mut memory = Memory::new();
    let (block, ptr) = view::<SimFaults>(&mut memory);
    assert_eq!(io_read!(block, .word), Ok(0x0302_0100));
    assert_eq!(io_write!(block, .half, 0x1122), Ok(()));
    assert_eq!(io_update!(block, .bytes[1], |v| v + 1), Ok(()));
    assert_eq!(io_read!(block, .bytes[1]), Ok(8));
    {
        let _faulty = FaultyBytes::new(ptr.wrapping_add(3), 1);
        assert_eq!(io_read!(block, .word), Err(Fault));
        assert_eq!(io_try_write!(block, .word, u32::MAX), Err(Fault));
        assert_eq!(io_update!(block, .word, |v| v + 1), Err(Fault));
        assert_eq!(io_read!(block, .half), Ok(0x1122));
    }
    {
        let _faulty = FaultyBytes::read_only(ptr, SIZE);
        assert_eq!(io_read!(block, .word), Ok(0x0302_0100));
        assert_eq!(io_write!(block, .word, 1), Err(Fault));
        assert_eq!(io_read!(block, .bytes[panic: 0]), Ok(6));
    }
    assert_eq!(io_write!(block, .word, u32::MAX), Ok(()));
    assert_eq!(io_read!(block, .word), Ok(u32::MAX), "a value, not a fault");
    assert_eq!(memory.0[..8], [0xff, 0xff, 0xff, 0xff, 0x11, 0x22, 6, 8]);
}

#[test]
fn copies_count_exactly_at_each_byte() {
    for first in 0..SIZE {
        let mut memory = Memory::new();
        let (block, ptr) = view::<SimFaults>(&mut memory);
        let bytes = io_project!(block, .long);
        let value = [0xaaaa_aaaa_u32, 0xbbbb_bbbb].map(Le::<u32>::new);
        let faulty = FaultyBytes::new(ptr.wrapping_add(first), SIZE - first);
        assert_eq!(block.copy_read(), Err(after(first)));
        let part = first.checked_sub(8);
        assert_eq!(bytes.copy_write(value), Err(after(part.unwrap_or(0))));
        assert_eq!(block.fill(0xee), Err(after(first)));
        drop(faulty);
        let left = block.copy_read().unwrap();
        assert_eq!(left.as_bytes()[..first], [0xee; SIZE][..first]);
        let untouched = Memory::new().0;
        assert_eq!(left.as_bytes()[first..], untouched[first..]);
    }
}

#[test]
fn slices_and_regions_return_results() {
    let mut memory = Memory::new();
    let ptr = (&raw mut *memory).cast::<u8>();
    let region = Region::<0>::ptr_from_raw_parts_mut(ptr, SIZE);
    // SAFETY: the memory is aligned, has this size, and is accessed only by the view.
    let region = unsafe { FaultMem::<Region, SimFaults>::new(region) };
    let _faulty = FaultyBytes::new(ptr.wrapping_add(10), 6);
    assert_eq!(region.try_read_at::<u16>(8), Ok(u16::from_ne_bytes([8, 9])));
    assert_eq!(region.try_read_at::<u16>(10), Err(AccessError::Io(Fault)));
    let outside = Error::OutOfRange { offset: 16, size: 2, limit: 16 };
    assert_eq!(region.try_read_at::<u16>(16), Err(AccessError::Place(outside)));
    let mut bytes = [0xcc; 8];
    assert_eq!(region.try_read_bytes(4, &mut bytes), Err(after(6)));
    assert_eq!(bytes, [4, 5, 6, 7, 8, 9, 0xcc, 0xcc]);
    assert_eq!(region.try_fill_bytes(8, 8, 1), Err(after(2)));
    let words = region.try_cast_slice::<u16>().unwrap();
    let read: Vec<_> = words.iter().map(|word| word.read_val()).collect();
    assert_eq!(read[4..], [Ok(0x0101), Err(Fault), Err(Fault), Err(Fault)]);
}

/// Offsets that overflow are out of range, for every function that takes an offset.
#[test]
fn offsets_that_overflow_are_out_of_range() {
    let mut memory = Memory::new();
    let ptr = (&raw mut *memory).cast::<u8>();
    let region = Region::<0>::ptr_from_raw_parts_mut(ptr, SIZE);
    // SAFETY: the memory is aligned, has this size, and is accessed only by the view.
    let region = unsafe { FaultMem::<Region, SimFaults>::new(region) };
    for offset in [SIZE, isize::MAX as usize, usize::MAX - 1, usize::MAX] {
        let outside = |size| Error::OutOfRange { offset, size, limit: SIZE };
        assert_eq!(region.try_read_at::<u16>(offset), Err(AccessError::Place(outside(2))));
        assert_eq!(region.try_write_at::<u16>(offset, 0), Err(AccessError::Place(outside(2))));
        let outside = CopyError::OutOfRange { offset, size: 3, limit: SIZE };
        assert_eq!(region.try_read_bytes(offset, &mut [0; 3]), Err(outside));
        assert_eq!(region.try_write_bytes(offset, &[0; 3]), Err(outside));
        assert_eq!(region.try_fill_bytes(offset, 3, 0), Err(outside));
        assert!(region.subregion(offset..usize::MAX).is_err());
    }
    assert_eq!(memory.0, Memory::new().0);
}

thread_local! {
    /// The widths of single accesses, and the lengths of copies and fills as negative numbers.
    static LOG: RefCell<Vec<isize>> = const { RefCell::new(Vec::new()) };
}

fn log() -> Vec<isize> {
    LOG.take()
}

fn note(access: isize) {
    LOG.with_borrow_mut(|log| log.push(access));
}

/// A backend that records its accesses and performs them by [`SimFaults`].
enum Logged {}

// SAFETY: `SimFaults` satisfies the requirements.
unsafe impl FaultBackend for Logged {
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        note(-len.cast_signed());
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { SimFaults::copy(dst, src, len) }
    }

    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        note(-len.cast_signed());
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { SimFaults::fill(dst, byte, len) }
    }
}

// SAFETY: `SimFaults` satisfies the requirements.
unsafe impl<W> FaultAtomic<W> for Logged
where
    RecoveryTable: FaultAtomic<W>,
{
    unsafe fn load(ptr: *const W) -> Result<W, Fault> {
        note(size_of::<W>().cast_signed());
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { SimFaults::load(ptr) }
    }

    unsafe fn store(ptr: *mut W, value: W) -> Result<(), Fault> {
        note(size_of::<W>().cast_signed());
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { SimFaults::store(ptr, value) }
    }

    unsafe fn compare_exchange(ptr: *mut W, old: W, new: W) -> Result<W, Fault> {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { SimFaults::compare_exchange(ptr, old, new) }
    }
}

#[test]
fn a_stated_width_is_the_width_of_each_access() {
    let mut memory = Memory::new();
    let (block, ptr) = view::<Logged>(&mut memory);
    let value: Block = block.copy_read().unwrap();
    block.copy_write(value).unwrap();
    assert_eq!(log(), [-16, -16]);
    assert_eq!(block.copy_read_as::<u32>(), Ok(value));
    assert_eq!(log(), [4; 4]);
    assert_eq!(block.copy_read_as::<u8>(), Ok(value));
    assert_eq!(log(), [1; 16]);
    let twice = Block { word: Le::<u32>::new(0x2222_2222), ..value };
    assert_eq!(block.copy_write_as::<u16>(twice), Ok(()));
    assert_eq!(log(), [2; 8]);
    assert_eq!(block.copy_read(), Ok(twice));
    #[cfg(target_pointer_width = "64")]
    {
        log();
        assert_eq!(block.copy_write_as::<u64>(value), Ok(()));
        assert_eq!(log(), [8; 2]);
        assert_eq!(block.copy_read(), Ok(value));
    }
    log();

    // A word that faults as a whole.
    let faulty = FaultyBytes::new(ptr.wrapping_add(11), 1);
    assert_eq!(block.copy_read_as::<u32>(), Err(after(8)));
    assert_eq!(block.copy_write_as::<u16>(value), Err(after(10)));
    assert_eq!(log(), [4, 4, 4, 2, 2, 2, 2, 2, 2]);
    drop(faulty);
    let address = ptr.addr() + 6;
    let bytes = io_project!(block, .bytes);
    let misfit = CopyError::Width { width: Width::W32, address, size: 2 };
    assert_eq!(bytes.copy_read_as::<u32>(), Err(misfit));
    assert_eq!(log(), [], "nothing was accessed");
}

#[test]
fn spans_and_views_share_memory() {
    let mut memory = Memory::new();
    let ptr = (&raw mut *memory).cast::<u8>();
    // SAFETY: the memory is aligned, has this size, and is accessed only through the span.
    let span = unsafe { VmSpan::<Fallible<SimFaults>>::fallible_with(ptr, SIZE) };
    let bytes = FaultMem::from(span);
    assert_eq!(bytes.as_ptr(), core::ptr::slice_from_raw_parts_mut(ptr, SIZE));
    let block = bytes.try_cast::<Block>().unwrap();
    io_write!(block, .word, 0x0403_0201).unwrap();
    assert_eq!(span.reader().read_val(), Ok([1_u8, 2, 3, 4]));
    let mut writer = VmWriter::from(bytes);
    writer.skip(4).write_val(&[0x12_u8, 0x34]).unwrap();
    assert_eq!(io_read!(block, .half), Ok(0x1234));
    assert_eq!(VmReader::from(bytes).skip(6).read_val(), Ok([6_u8, 7]));
    let rest = io_project!(bytes, [panic: 8..]);
    assert_eq!(VmSpan::from(rest).size(), 8);
    // A fault is reported both by the view and by the cursor.
    let _faulty = FaultyBytes::new(ptr.wrapping_add(12), 4);
    assert_eq!(io_read!(block, .long[1]), Err(Fault));
    assert_eq!(VmSpan::from(rest).read_bytes(0, &mut [0; 8]), Err(after(4)));
    let tail = io_project!(bytes, [panic: 1..]);
    let error = Error::Misaligned { address: ptr.addr() + 1, align: 4 };
    assert_eq!(tail.try_cast::<u32>().unwrap_err(), error);
}

#[test]
fn fallible_views_have_debug_output_and_memory_order() {
    let mut memory = Memory::new();
    let (block, ptr) = view::<SimFaults>(&mut memory);
    assert_eq!(format!("{block:?}"), format!("FaultMem({:#x}, 0x10 bytes)", ptr.addr()));
    assert_eq!(io_core::backend::FaultMemBackend::<SimFaults>::order(block), Order::Memory);
    block.dma_mb();
}
