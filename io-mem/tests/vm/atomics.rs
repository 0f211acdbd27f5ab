//! Rows `atomic_load`, `atomic_compare_exchange` and `PodAtomic`.

use core::fmt::Debug;

use io_core::{
    AccessError, Error,
    fault::Fault,
    vm::{
        Fallible, HasVmReaderWriter, Infallible, PodAtomic, VmReader, VmSpan, VmWriter, WordAccess,
    },
};
use io_sim::{FaultyBytes, SimFaults};

#[repr(align(8))]
struct Aligned([u8; 24]);

type Sim = Fallible<SimFaults>;

fn sim<'a>(memory: VmSpan<'a, Infallible>) -> (VmReader<'a, Sim>, VmWriter<'a, Sim>) {
    let (reader, writer) = (VmReader::from(memory), VmWriter::from(memory));
    (reader.to_fallible_with(), writer.to_fallible_with())
}

/// Both accesses of one integer type, for memory of both kinds: every value is returned as a value.
fn integer<T: PodAtomic + PartialEq + Debug>(values: [T; 3])
where
    Infallible: WordAccess<T::Word>,
    Sim: WordAccess<T::Word>,
{
    let mut bytes = Aligned([0; 24]);
    let memory = VmSpan::from_slice(&mut bytes.0);
    let (mut reader, mut writer) = (memory.reader(), memory.writer());
    let (mut sim_reader, mut sim_writer) = sim(memory);
    reader.skip(8);
    writer.skip(8);
    sim_reader.skip(8);
    sim_writer.skip(8);
    for old in values {
        for new in values {
            writer.clone_exclusive().write_val(&old).unwrap();
            assert_eq!(reader.atomic_load(), Ok(old));
            assert_eq!(sim_reader.atomic_load(), Ok(old));
            // Row: returns the previous value, and whether the exchange succeeded.
            for wrong in values {
                if wrong != old {
                    let found = writer.atomic_compare_exchange(&reader, wrong, new);
                    assert_eq!(found, Ok((old, false)));
                    let found = sim_writer.atomic_compare_exchange(&sim_reader, wrong, new);
                    assert_eq!(found, Ok((old, false)));
                    assert_eq!(reader.atomic_load(), Ok(old));
                }
            }
            assert_eq!(writer.atomic_compare_exchange(&reader, old, new), Ok((old, true)));
            assert_eq!(reader.atomic_load(), Ok(new));
            let found = sim_writer.atomic_compare_exchange(&sim_reader, new, old);
            assert_eq!(found, Ok((new, true)));
            assert_eq!(reader.atomic_load(), Ok(old));
        }
    }
    // Row: the cursors never move.
    assert_eq!((reader.remain(), writer.avail()), (16, 16));
    assert_eq!((sim_reader.remain(), sim_writer.avail()), (16, 16));
    writer.write_val(&values[0]).unwrap();
    let size = size_of::<T>();
    assert!(bytes.0[..8].iter().chain(&bytes.0[8 + size..]).all(|byte| *byte == 0));
}

/// Row "`PodAtomic`", also for types other than `u32` (D9); all ones is a value (D1).
#[test]
fn atomics_work_for_every_integer_type() {
    integer([u8::MAX, 0, 1]);
    integer([-1_i8, 0, i8::MIN]);
    integer([u16::MAX, 0, 1]);
    integer([-1_i16, 0, i16::MIN]);
    integer([u32::MAX, 0, 1 << 31]);
    integer([-1_i32, 0, i32::MIN]);
    integer([usize::MAX, 0, 1]);
    integer([-1_isize, 0, isize::MIN]);
    #[cfg(target_pointer_width = "64")]
    {
        integer([u64::MAX, 0, u64::from(u32::MAX)]);
        integer([-1_i64, 0, i64::MIN]);
    }
}

/// Rows: too few bytes and misaligned addresses are errors (OSTD panics).
#[test]
fn short_and_misaligned_atomics_are_errors() {
    let mut bytes = Aligned([0; 24]);
    let address = bytes.0.as_ptr().addr();
    let memory = VmSpan::from_slice(&mut bytes.0);
    for offset in 0..=24 {
        let (mut reader, mut writer) = sim(memory);
        reader.skip(offset);
        writer.skip(offset);
        let left = 24 - offset;
        let expected = if left < 4 {
            Err(AccessError::Place(Error::OutOfRange { offset: 0, size: 4, limit: left }))
        } else if offset % 4 != 0 {
            let address = address + offset;
            Err(AccessError::Place(Error::Misaligned { address, align: 4 }))
        } else {
            Ok(0_u32)
        };
        assert_eq!(reader.atomic_load(), expected);
        let found = writer.atomic_compare_exchange(&reader, 0, 0);
        assert_eq!(found, expected.map(|value| (value, true)));
    }
}

/// Row: "panics if reader and writer point elsewhere": an error here.
#[test]
fn cursors_at_different_addresses_are_rejected() {
    let mut words = [5_u32; 2];
    let memory = VmSpan::from_slice(&mut words);
    let (mut reader, writer) = (memory.reader(), memory.writer());
    let start = reader.cursor().addr();
    reader.skip(4);
    let apart = Error::Apart { reader: start + 4, writer: start };
    assert_eq!(writer.atomic_compare_exchange(&reader, 5_u32, 6), Err(apart));
    assert_eq!(
        apart.to_string(),
        format!("the reader is at address {:#x}, but the writer is at {start:#x}", start + 4)
    );
    // Both cursors must have enough bytes left.
    let mut short = memory.reader();
    short.limit(3);
    let error = Error::OutOfRange { offset: 0, size: 4, limit: 3 };
    assert_eq!(writer.atomic_compare_exchange(&short, 5_u32, 6), Err(error));
    let mut short = memory.writer();
    short.limit(3);
    assert_eq!(short.atomic_compare_exchange(&memory.reader(), 5_u32, 6), Err(error));
    assert_eq!(words, [5; 2]);
}

/// Row: "fault -> `PageFault`", which differs from every value.
#[test]
fn a_fault_differs_from_every_value() {
    let mut words = [u32::MAX; 2];
    let memory = VmSpan::from_slice(&mut words);
    let (reader, writer) = sim(memory);
    let fault = AccessError::Io(Fault);
    let faulty = FaultyBytes::new(reader.cursor().wrapping_add(3), 1);
    assert_eq!(reader.atomic_load::<u32>(), Err(fault));
    assert_eq!(writer.atomic_compare_exchange(&reader, u32::MAX, 0), Err(fault));
    drop(faulty);
    let _readable = FaultyBytes::read_only(reader.cursor(), 4);
    assert_eq!(reader.atomic_load(), Ok(u32::MAX));
    assert_eq!(writer.atomic_compare_exchange(&reader, u32::MAX, 0), Err(fault));
    assert_eq!(words, [u32::MAX; 2]);
}
