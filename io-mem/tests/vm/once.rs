//! Rows `read_once`/`write_once` and `PodOnce`: one access, or an error if the value does not fit.

use io_core::{
    AccessError, Error, Le,
    fault::Fault,
    vm::{Fallible, HasVmReaderWriter, PodOnce, VmReader, VmSpan, VmWriter, WordAccess},
};
use io_sim::{FaultyBytes, SimFaults};
use zerocopy::{FromBytes, Immutable, IntoBytes};

/// Bytes with a known alignment.
#[repr(align(8))]
struct Aligned([u8; 32]);

fn numbered() -> Aligned {
    Aligned(core::array::from_fn(|i| i as u8 + 1))
}

/// The two halves of a descriptor's word, which belong together.
#[derive(FromBytes, IntoBytes, Immutable, Clone, Copy, Debug, PartialEq)]
#[repr(C)]
struct Used {
    id: u16,
    len: u16,
}

impl PodOnce for Used {
    type Word = u32;
}

/// Row "`read_once<T: PodOnce>`/`write_once`": each width, at each position.
fn width<T>(value: T)
where
    T: PodOnce + FromBytes + Copy + PartialEq + core::fmt::Debug,
    io_core::vm::Infallible: WordAccess<T::Word>,
    Fallible<SimFaults>: WordAccess<T::Word>,
{
    let size = size_of::<T>();
    for offset in 0..=32 - size {
        let mut bytes = numbered();
        let address = bytes.0.as_ptr().addr() + offset;
        let place = T::read_from_bytes(&bytes.0[offset..offset + size]).unwrap();
        let is_aligned = offset % size == 0;
        let error = Error::Misaligned { address, align: size };

        let mut reader = VmReader::from(&bytes.0[offset..]);
        assert_eq!(reader.read_once(), if is_aligned { Ok(place) } else { Err(error) });
        let moved = if is_aligned { size } else { 0 };
        assert_eq!(reader.remain(), 32 - offset - moved);
        let mut reader = VmReader::from(&bytes.0[offset..]).to_fallible_with::<SimFaults>();
        let expected = if is_aligned { Ok(place) } else { Err(AccessError::Place(error)) };
        assert_eq!(reader.read_once(), expected);

        let mut writer = VmWriter::from(&mut bytes.0[offset..]);
        assert_eq!(writer.write_once(&value), if is_aligned { Ok(()) } else { Err(error) });
        assert_eq!(writer.avail(), 32 - offset - moved);
        let mut expected = numbered().0;
        if is_aligned {
            expected[offset..offset + size].copy_from_slice(value.as_bytes());
        }
        assert_eq!(bytes.0, expected);
    }
    // Row: `InvalidArgs` if too few bytes are left.
    for len in 0..size {
        let bytes = numbered();
        let short = Error::OutOfRange { offset: 0, size, limit: len };
        let mut reader = VmReader::from(&bytes.0[..len]);
        assert_eq!(reader.read_once::<T>(), Err(short));
        assert_eq!(reader.remain(), len);
        let mut bytes = numbered();
        let mut writer = VmWriter::from(&mut bytes.0[..len]);
        assert_eq!(writer.write_once(&value), Err(short));
        assert_eq!(bytes.0, numbered().0);
    }
}

#[test]
fn single_accesses_of_every_width_are_checked() {
    width(0xa1_u8);
    width(-2_i8);
    width(0xa1b2_u16);
    width(-2_i16);
    width(0xa1b2_c3d4_u32);
    width(-2_i32);
    width(usize::MAX);
    width(-2_isize);
    width(Le::<u16>::new(0xa1b2));
    width(Used { id: 0xa1b2, len: 0xc3d4 });
    #[cfg(target_pointer_width = "64")]
    {
        width(0xa1b2_c3d4_e5f6_0718_u64);
        width(-2_i64);
    }
}

/// Single accesses that fault: nothing is read or written, and the cursor does not move.
#[test]
fn a_faulting_single_access_does_not_move_the_cursor() {
    for at in 0..4 {
        let mut bytes = numbered();
        let memory = VmSpan::from_slice(&mut bytes.0);
        let mut reader = memory.reader().to_fallible_with::<SimFaults>();
        let mut writer = memory.writer().to_fallible_with::<SimFaults>();
        reader.skip(4);
        writer.skip(4);
        let faulty = FaultyBytes::new(reader.cursor().wrapping_add(at), 1);
        assert_eq!(reader.read_once::<Used>(), Err(AccessError::Io(Fault)));
        assert_eq!(writer.write_once(&0_u32), Err(AccessError::Io(Fault)));
        assert_eq!((reader.remain(), writer.avail()), (28, 28));
        assert_eq!(memory.reader().skip(4).read_val(), Ok([5_u8, 6, 7, 8]));
        drop(faulty);
        let _readable = FaultyBytes::read_only(reader.cursor(), 4);
        assert_eq!(reader.read_once(), Ok(u32::from_ne_bytes([5, 6, 7, 8])));
        assert_eq!(writer.write_once(&0_u32), Err(AccessError::Io(Fault)));
    }
}
