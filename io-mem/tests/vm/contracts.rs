//! Uses at the limits of what the `# Safety` sections of the cursors and backends permit. Under
//! Miri, each test fails if the library relies on more than the section requires.

use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicU8, Ordering};

use io_core::{
    prelude::*,
    vm::{Fallible, VmReader, VmSpan, VmWriter},
};
use io_sim::{FaultyBytes, SimFaults};

/// `VmWriter::from_raw`: the bytes must be valid for stores; they need not be initialised.
#[test]
fn a_writer_needs_no_initialised_bytes() {
    let mut memory = [const { MaybeUninit::<u8>::uninit() }; 8];
    // SAFETY: eight bytes that may be stored to, and that nothing else accesses.
    let mut writer = unsafe { VmWriter::from_raw(memory.as_mut_ptr().cast(), 8) };
    writer.write_val(&[1_u8, 2, 3]).unwrap();
    assert_eq!(writer.fill_zeros(2), 2);
    // SAFETY: the first five bytes have been written.
    let written = memory[..5].iter().map(|byte| unsafe { byte.assume_init() });
    assert!(written.eq([1, 2, 3, 0, 0]));
}

/// `FaultBackend::copy`: only bytes that do not fault must not be accessed through references.
#[test]
fn bytes_that_fault_may_be_borrowed() {
    let mut memory = [7_u8; 8];
    let start = memory.as_mut_ptr();
    let _faulty = FaultyBytes::new(start.wrapping_add(4), 4);
    // SAFETY: the second half of the array, which no other reference covers.
    let borrowed = unsafe { core::slice::from_raw_parts_mut(start.wrapping_add(4), 4) };
    // SAFETY: a load of the second half faults; the first half is borrowed by nothing.
    let mut reader = unsafe { VmReader::<Fallible<SimFaults>>::fallible_with(start, 8) };
    let mut copy = [0; 8];
    let error = reader.read_fallible(&mut VmWriter::from(&mut copy[..])).unwrap_err();
    assert_eq!((error.done(), copy), (4, [7, 7, 7, 7, 0, 0, 0, 0]));
    borrowed.fill(1);
    assert_eq!(borrowed, [1; 4]);
}

/// The sections of cursors and spans: accesses of other Rust code may race if they are atomic.
#[test]
fn atomic_bytes_may_race_with_copies() {
    const ROUNDS: u8 = if cfg!(miri) { 5 } else { 200 };
    let memory = [const { AtomicU8::new(0) }; 16];
    let start = memory.as_ptr().cast::<u8>().cast_mut();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..ROUNDS {
                for byte in &memory {
                    byte.store(round, Ordering::Relaxed);
                    let _ = byte.load(Ordering::Relaxed);
                }
            }
        });
        for _ in 0..ROUNDS {
            let mut copy = [0; 16];
            // SAFETY: initialised bytes, which others access by `AtomicU8` only.
            let mut reader = unsafe { VmReader::from_raw(start, 16) };
            assert_eq!(reader.read(&mut VmWriter::from(&mut copy[..])), 16);
            assert!(copy.iter().all(|byte| *byte < ROUNDS));
            // SAFETY: as above.
            let mut writer = unsafe { VmWriter::from_raw(start, 16) };
            assert_eq!(writer.write(&mut VmReader::from(&copy[..])), 16);
        }
    });
}

/// `VmSpan::from_raw`: the bytes are used on every thread, by views of the span.
#[test]
fn a_view_of_a_span_is_used_on_another_thread() {
    let mut memory = [1_u8; 4];
    // SAFETY: four initialised bytes of this test, which nothing else accesses meanwhile.
    let span = unsafe { VmSpan::from_raw(memory.as_mut_ptr(), 4) };
    let view = SysMem::from(span);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            assert_eq!(io_read!(view, [panic: 3]), 1);
            io_write!(view, [panic: 0], 2);
        });
    });
    assert_eq!(memory, [2, 1, 1, 1]);
}

/// `VmReader::from_raw`: loads need no alignment, and a reader of memory that may be stored to is
/// permitted as long as nothing stores through references.
#[test]
fn a_reader_and_a_writer_of_the_same_bytes() {
    let mut memory = [3_u8; 5];
    let start = memory.as_mut_ptr();
    // SAFETY: five initialised bytes, which are accessed by these two cursors alone.
    let mut reader = unsafe { VmReader::from_raw(start, 5) };
    // SAFETY: as above.
    let mut writer = unsafe { VmWriter::from_raw(start, 5) };
    writer.write_val(&9_u8).unwrap();
    assert_eq!(reader.read_val(), Ok([9_u8, 3]));
    writer.skip(1).write_val(&8_u8).unwrap();
    assert_eq!(reader.read_val(), Ok(8_u8));
    assert_eq!(memory, [9, 3, 8, 3, 3]);
}
