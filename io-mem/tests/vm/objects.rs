//! The traits: rows `VmIo`, `VmIoFill`, `VmIoOnce`, `HasVmReaderWriter`.

use io_core::{
    AccessError, CopyError, Error,
    fault::{Fault, RecoveryTable},
    vm::{Fallible, HasVmReaderWriter, VmIo, VmIoFill, VmIoOnce, VmReader, VmSpan, VmWriter},
};
use io_sim::{FaultyBytes, SimFaults};

fn outside(offset: usize, size: usize) -> CopyError<Fault> {
    CopyError::OutOfRange { offset, size, limit: 8 }
}

/// Row "`VmIo`": no short transfers: all bytes or an error, at every offset and length, including
/// offsets that overflow (D5, D11).
#[test]
fn transfers_are_complete_or_errors() {
    let offsets = (0..=10).chain([usize::MAX - 1, usize::MAX]);
    for (offset, len) in offsets.flat_map(|offset| (0..=10).map(move |len| (offset, len))) {
        let fits = offset <= 8 && len <= 8 - offset;
        let before = [1, 2, 3, 4, 5, 6, 7, 8_u8];
        let mut bytes = before;
        let memory = VmSpan::from_slice(&mut bytes);
        let mut buffer = vec![0xee; len];
        let expected = if fits { Ok(()) } else { Err(outside(offset, len)) };
        let mut writer = VmWriter::from(&mut buffer[..]).to_fallible();
        assert_eq!(memory.read(offset, &mut writer), expected);
        assert_eq!(writer.avail(), if fits { 0 } else { len });
        let read = if fits { before[offset..offset + len].to_vec() } else { vec![0xee; len] };
        assert_eq!(buffer, read);
        assert_eq!(memory.read_bytes(offset, &mut buffer), expected);

        let source = vec![0xdd; len];
        let mut reader = VmReader::from(&source[..]).to_fallible();
        assert_eq!(memory.write(offset, &mut reader), expected);
        assert_eq!(reader.remain(), if fits { 0 } else { len });
        let mut written = before;
        if fits {
            written[offset..offset + len].fill(0xdd);
        }
        assert_eq!(memory.read_val(0), Ok(written));
        assert_eq!(memory.write_bytes(offset, &source), expected);
        // Row "`VmIoFill`".
        assert_eq!(memory.fill_zeros(offset, len), expected);
        if fits {
            written[offset..offset + len].fill(0);
        }
        assert_eq!(bytes, written);
    }
}

/// Row "`VmIo`, defaults": values and slices.
#[test]
fn default_methods_transfer_values_and_slices() {
    let mut bytes = [0_u8; 8];
    let memory = VmSpan::from_slice(&mut bytes);
    memory.write_val(1, &u16::from_ne_bytes([1, 2])).unwrap();
    memory.write_slice(3, &[u16::from_ne_bytes([3, 4]); 2]).unwrap();
    assert_eq!(memory.read_val(0), Ok([0_u8, 1, 2, 3, 4, 3, 4, 0]));
    let mut pair = [0_u16; 2];
    memory.read_slice(3, &mut pair).unwrap();
    assert_eq!(pair, [u16::from_ne_bytes([3, 4]); 2]);
    assert_eq!(memory.read_val::<u32>(5), Err(outside(5, 4)));
    assert_eq!(memory.write_val(7, &0_u16), Err(outside(7, 2)));
    assert_eq!(memory.read_slice(5, &mut pair), Err(outside(5, 4)));
    assert_eq!(memory.write_slice(usize::MAX, &pair), Err(outside(usize::MAX, 4)));
}

/// An object's memory may fault, and the error contains the number of bytes done.
#[test]
fn errors_of_faulting_objects_contain_the_bytes_done() {
    let mut bytes = [1_u8; 8];
    let start = bytes.as_mut_ptr();
    // SAFETY: the memory has eight bytes, which are accessed only through this span.
    let memory = unsafe { VmSpan::<Fallible<SimFaults>>::fallible_with(start, 8) };
    for first in 2..=6 {
        let faulty = FaultyBytes::new(start.wrapping_add(first), 1);
        let after = Err(CopyError::Io { error: Fault, done: first - 2 });
        let expected = if first < 6 { after } else { Ok(()) };
        let mut buffer = [0xee_u8; 4];
        let mut writer = VmWriter::from(&mut buffer[..]).to_fallible_with();
        assert_eq!(memory.read(2, &mut writer), expected);
        assert_eq!(writer.avail(), 6 - first);
        assert_eq!(buffer[..first - 2], [1; 4][..first - 2]);
        assert_eq!(buffer[first - 2..], [0xee; 4][first - 2..]);
        let mut reader = VmReader::from(&[1; 4][..]).to_fallible_with();
        assert_eq!(memory.write(2, &mut reader), expected);
        assert_eq!(reader.remain(), 6 - first);
        assert_eq!(memory.fill_zeros(2, 4), expected);
        drop(faulty);
        memory.write_bytes(0, &[1; 8]).unwrap();
    }
    // The memory that is copied to or from may fault as well.
    let mut buffer = [0_u8; 4];
    let mut writer = VmWriter::from(&mut buffer[..]).to_fallible_with();
    let _faulty = FaultyBytes::new(writer.cursor().wrapping_add(3), 1);
    assert_eq!(memory.read(0, &mut writer), Err(CopyError::Io { error: Fault, done: 3 }));
    assert_eq!(writer.avail(), 1);
}

/// Row "`VmIoOnce`": one access by offset; D5 and D6: errors, never panics.
#[test]
fn single_accesses_by_offset_are_checked() {
    let mut words = [0x0101_0101_u32; 2];
    let address = words.as_ptr().addr();
    let memory = VmSpan::from_slice(&mut words);
    for offset in (0..=9).chain([usize::MAX - 3, usize::MAX]) {
        let expected = match offset {
            0 | 4 => Ok(0x0101_0101_u32),
            1..4 => Err(Error::Misaligned { address: address + offset, align: 4 }),
            _ => Err(Error::OutOfRange { offset, size: 4, limit: 8 }),
        };
        assert_eq!(memory.read_once(offset), expected);
        assert_eq!(memory.write_once(offset, &0x0101_0101_u32), expected.map(|_| ()));
    }
    let start = VmReader::from(memory).cursor().cast_mut();
    // SAFETY: these are the same eight bytes, which nothing else accesses.
    let memory = unsafe { VmSpan::<Fallible<SimFaults>>::fallible_with(start, 8) };
    let _faulty = FaultyBytes::new(start.wrapping_add(4), 1);
    assert_eq!(memory.read_once(0), Ok(0x0101_0101_u32));
    assert_eq!(memory.read_once::<u32>(4), Err(AccessError::Io(Fault)));
    assert_eq!(memory.write_once(4, &0_u32), Err(AccessError::Io(Fault)));
    let outside = Error::OutOfRange { offset: 8, size: 4, limit: 8 };
    assert_eq!(memory.read_once::<u32>(8), Err(AccessError::Place(outside)));
}

/// Row "`VmIo`, `read_val`": if an object returns `Ok` without reading, the value is zeros:
/// uninitialised bytes are never visible.
#[test]
fn an_object_that_reads_nothing_gives_zeros() {
    struct ReadsNothing;
    impl VmIo for ReadsNothing {
        type Backend = RecoveryTable;

        fn read(&self, _: usize, writer: &mut VmWriter<'_>) -> Result<(), CopyError<Fault>> {
            writer.limit(2).write_fallible(&mut VmReader::from(&[7; 8][..])).map(|_| ())
        }

        fn write(&self, _: usize, _: &mut VmReader<'_>) -> Result<(), CopyError<Fault>> {
            Ok(())
        }
    }
    assert_eq!(ReadsNothing.read_val(0), Ok([7_u8, 7, 0, 0, 0, 0, 0, 0]));
    // The object may be a trait object.
    let object: &dyn VmIo<Backend = RecoveryTable> = &ReadsNothing;
    let mut bytes = [1; 4];
    object.read_bytes(0, &mut bytes).unwrap();
    assert_eq!(bytes, [7, 7, 1, 1]);
}

/// Row "`HasVmReaderWriter`": both cursors cover the whole object.
#[test]
fn both_cursors_cover_the_whole_object() {
    let mut bytes = [1_u8, 2, 3];
    let start = bytes.as_mut_ptr();
    let memory = VmSpan::from_slice(&mut bytes);
    assert_eq!((memory.reader().remain(), memory.writer().avail()), (3, 3));
    assert_eq!((memory.reader().cursor(), memory.writer().cursor()), (start.cast_const(), start));
}
