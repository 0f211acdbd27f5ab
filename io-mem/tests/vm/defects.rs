//! The known defects of the original, D1 to D14, do not exist here.
//!
//! Tests elsewhere: D1 (a value mistaken for a fault) and D9 (widths) in `atomics`, D5 (an offset
//! that panics), D6 (alignment) and D11 (an end that is not checked) in `objects`, D10 (a fault in
//! code that must not wait) in `no_fault_mode`. Single instructions (D3, D4) and byte-wise copies
//! (D14) are checked in the machine code by `cargo xtask codegen`. Real memory that faults (D13) is
//! tested in `tests/fault`.

use std::io::ErrorKind;

use io_core::{
    CopyError, Error, FaultMem,
    fault::{self, Fault, RecoveryTable},
    prelude::*,
    vm::{Fallible, HasVmReaderWriter, VmReader, VmSpan, VmWriter},
};
use io_sim::{FaultyBytes, SimFaults};

/// D2: if accesses do not recover from faults, safe code cannot obtain memory that may fault,
/// because a `Mapping` requires that this call succeeds.
#[test]
fn d2_fallible_memory_requires_recovery() {
    let installed = fault::install().map_err(|error| error.kind());
    let expected = if RecoveryTable::RECOVERS { Ok(()) } else { Err(ErrorKind::Unsupported) };
    assert_eq!(installed, expected);
    assert_eq!(fault::lookup(0), None);
}

/// D7: an access is single if its address is a multiple of its size, even if the type requires less
/// (as `u64` does on 32-bit x86).
#[test]
fn d7_single_accesses_require_alignment_to_the_size() {
    #[derive(
        zerocopy::FromBytes, zerocopy::IntoBytes, zerocopy::Immutable, Clone, Copy, Debug, PartialEq,
    )]
    #[repr(C)]
    struct Pair {
        first: u16,
        second: u16,
    }
    impl io_core::vm::PodOnce for Pair {
        type Word = u32;
    }
    assert_eq!(align_of::<Pair>(), 2);
    let mut words = [1_u32, 0x0002_0002];
    let address = words.as_ptr().addr() + 2;
    let memory = VmSpan::from_slice(&mut words);
    let (mut reader, mut writer) = (memory.reader(), memory.writer());
    reader.skip(2);
    writer.skip(2);
    let misaligned = Error::Misaligned { address, align: 4 };
    assert_eq!(reader.read_once::<Pair>(), Err(misaligned));
    assert_eq!(writer.write_once(&Pair { first: 0, second: 0 }), Err(misaligned));
    assert_eq!(reader.skip(2).read_once(), Ok(Pair { first: 2, second: 2 }));
    assert_eq!(words, [1, 0x0002_0002]);
}

/// D8: progress is exact for copies of any size, also for one chunk of 256 bytes and for a part of
/// a chunk.
#[test]
fn d8_progress_is_exact() {
    for len in [1, 255, 256, 257, 511, 512, 513, 1000] {
        for first in [0, 1, 255, 256, 257, 511, 512, 999] {
            if first >= len {
                continue;
            }
            let (from, mut to) = (vec![7_u8; len], vec![0_u8; len]);
            let mut reader = VmReader::from(&from[..]).to_fallible_with::<SimFaults>();
            let mut writer = VmWriter::from(&mut to[..]);
            let _faulty = FaultyBytes::new(&from[first], 1);
            let expected = CopyError::Io { error: Fault, done: first };
            assert_eq!(reader.read_fallible(&mut writer), Err(expected));
            assert_eq!((reader.remain(), writer.avail()), (len - first, len - first));
            assert!(to[..first].iter().all(|byte| *byte == 7));
            assert!(to[first..].iter().all(|byte| *byte == 0));
        }
    }
}

/// D12: cursors check their range at each access, and move only within their bytes.
#[test]
fn d12_cursors_stay_in_their_range() {
    let bytes = [0_u8; 8];
    let mut reader = VmReader::from(&bytes[..]);
    for _ in 0..3 {
        let _ = reader.try_skip(3);
    }
    assert_eq!((reader.remain(), reader.cursor()), (2, &raw const bytes[6]));
}

/// D12 for views: a cast that does not fit is an error when it is made, not at a later access; all
/// fields of the resulting view are inside the memory. (The compiler ensures that it is cast only
/// once.)
#[test]
fn d12_a_cast_is_checked_when_it_is_made() {
    let mut words = [0_u64; 2];
    let start = words.as_mut_ptr().cast::<u8>();
    // SAFETY: the memory has sixteen bytes, which are accessed only through this span.
    let memory = unsafe { VmSpan::<Fallible<SimFaults>>::fallible_with(start, 16) };
    // All bytes fault, so that any access would be noticed.
    let _faulty = FaultyBytes::new(start, 16);
    let view = FaultMem::from(memory);
    for offset in 0..=16 {
        let rest = view.get(offset..).unwrap();
        let expected = if offset > 8 {
            Some(Error::OutOfRange { offset: 0, size: 8, limit: 16 - offset })
        } else if offset % 4 != 0 {
            Some(Error::Misaligned { address: start.addr() + offset, align: 4 })
        } else {
            None
        };
        assert_eq!(rest.try_cast::<[u32; 2]>().err(), expected, "at {offset}");
    }
    assert!(view.get(17..).is_none());
}

/// D13: partial progress is tested, at the first byte, at the last byte, and across resumption.
#[test]
fn d13_partial_progress_is_simulated() {
    let (from, mut to) = ([7_u8; 8], [0_u8; 8]);
    let mut reader = VmReader::from(&from[..]).to_fallible_with::<SimFaults>();
    let mut writer = VmWriter::from(&mut to[..]);
    for (first, byte) in from.iter().enumerate() {
        let _faulty = FaultyBytes::new(byte, 1);
        let done = first.min(1);
        let expected = CopyError::Io { error: Fault, done };
        assert_eq!(reader.read_fallible(&mut writer), Err(expected));
    }
    assert_eq!(reader.read_fallible(&mut writer), Ok(1));
    assert_eq!(to, [7; 8]);
}
