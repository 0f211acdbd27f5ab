//! Rows `read`/`write`, `read_fallible`/`write_fallible`, `fill_zeros`, `to_fallible`, without
//! faults.

use core::cell::Cell;

use io_core::{
    fault::{FaultBackend, RecoveryTable},
    vm::{CopyInto, Fallible, HasVmReaderWriter, MemoryKind, VmReader, VmSpan, VmWriter},
};
use io_sim::SimFaults;

fn numbers(len: usize) -> Vec<u8> {
    (1..=len).map(|i| i as u8).collect()
}

/// Row "`read(&mut writer) -> usize` / `write`": copies the smaller number of bytes left; both
/// cursors advance; 0 is not an error.
#[test]
fn read_and_write_copy_the_smaller_remainder() {
    for (source, room) in [(0, 0), (0, 5), (5, 0), (3, 5), (5, 3), (70, 70), (300, 200)] {
        let (from, least) = (numbers(source), source.min(room));
        let mut to = vec![0xee; room];
        let (mut reader, mut writer) = (VmReader::from(&from[..]), VmWriter::from(&mut to[..]));
        assert_eq!(reader.read(&mut writer), least);
        assert_eq!((reader.remain(), writer.avail()), (source - least, room - least));
        assert_eq!(to[..least], from[..least]);
        assert!(to[least..].iter().all(|byte| *byte == 0xee));

        let mut to = vec![0xee; room];
        let (mut reader, mut writer) = (VmReader::from(&from[..]), VmWriter::from(&mut to[..]));
        assert_eq!(writer.write(&mut reader), least);
        assert_eq!((reader.remain(), writer.avail()), (source - least, room - least));
        assert_eq!(to[..least], from[..least]);
    }
}

/// Row "`read_fallible`/`write_fallible`, pairs FI, FF, IF": the copy ends where the source or the
/// destination ends.
#[test]
fn fallible_copies_end_with_the_shorter_side() {
    fn pair<S, D>(from: fn(&[u8]) -> VmReader<'_, S>, to: fn(&mut [u8]) -> VmWriter<'_, D>)
    where
        S: CopyInto<D>,
        D: MemoryKind,
    {
        for (source, room) in [(0, 0), (0, 5), (5, 0), (3, 5), (5, 3), (300, 200)] {
            let (bytes, least) = (numbers(source), source.min(room));
            let mut buffer = vec![0; room];
            let (mut reader, mut writer) = (from(&bytes), to(&mut buffer));
            assert_eq!(reader.read_fallible(&mut writer), Ok(least));
            assert_eq!((reader.remain(), writer.avail()), (source - least, room - least));
            assert_eq!(buffer[..least], bytes[..least]);

            let mut buffer = vec![0; room];
            let (mut reader, mut writer) = (from(&bytes), to(&mut buffer));
            assert_eq!(writer.write_fallible(&mut reader), Ok(least));
            assert_eq!((reader.remain(), writer.avail()), (source - least, room - least));
            assert_eq!(buffer[..least], bytes[..least]);
        }
    }
    pair(|from| VmReader::from(from).to_fallible(), |to| VmWriter::from(to));
    pair(|from| VmReader::from(from), |to| VmWriter::from(to).to_fallible());
    pair(|from| VmReader::from(from).to_fallible(), |to| VmWriter::from(to).to_fallible());
    pair(
        |from| VmReader::from(from).to_fallible_with::<SimFaults>(),
        |to| VmWriter::from(to).to_fallible_with::<SimFaults>(),
    );
}

/// Row "`fill_zeros(len)`": the smaller of `len` and `avail`; a short fill is not an error.
#[test]
fn fill_zeros_stops_at_the_end() {
    for (len, room) in [(0, 4), (3, 4), (4, 4), (5, 4), (usize::MAX, 4), (100, 200)] {
        let (mut bytes, least) = (vec![0xee_u8; room], len.min(room));
        let mut writer = VmWriter::from(&mut bytes[..]);
        assert_eq!(writer.fill_zeros(len), least);
        assert_eq!(writer.avail(), room - least);
        assert!(bytes[..least].iter().all(|byte| *byte == 0));
        assert!(bytes[least..].iter().all(|byte| *byte == 0xee));

        let mut bytes = vec![0xee_u8; room];
        let mut writer = VmWriter::from(&mut bytes[..]).to_fallible();
        assert_eq!(writer.fill_zeros(len), Ok(least));
        assert_eq!(writer.avail(), room - least);
        assert!(bytes[least..].iter().all(|byte| *byte == 0xee));
    }
}

/// Row "`to_fallible(self)`": always allowed; the position does not change.
#[test]
fn to_fallible_keeps_the_position() {
    let mut bytes = [1, 2, 3_u8];
    let mut reader = VmReader::from(&bytes[..]);
    let reader: VmReader<'_, Fallible<RecoveryTable>> = reader.skip(1).clone().to_fallible();
    assert_eq!((reader.remain(), reader.cursor()), (2, &raw const bytes[1]));
    let writer: VmWriter<'_, Fallible> = VmWriter::from(&mut bytes[..]).to_fallible();
    assert_eq!(writer.avail(), 3);
}

/// Overlapping ranges: the resulting bytes are unspecified, but all of them are copied, and no byte
/// outside the destination changes.
#[test]
fn overlapping_copies_change_only_the_destination() {
    for (from, to) in [(16, 16), (16, 17), (17, 16), (16, 100), (100, 16), (16, 200)] {
        let len = 100;
        let mut bytes = numbers(320);
        let before = bytes.clone();
        let memory = VmSpan::from_slice(&mut bytes);
        let (mut reader, mut writer) = (memory.reader(), memory.writer());
        reader.skip(from).limit(len);
        writer.skip(to).limit(len);
        assert_eq!(reader.read(&mut writer), len);
        assert_eq!((reader.remain(), writer.avail()), (0, 0));
        assert_eq!(bytes[..to], before[..to], "{from} to {to}");
        assert_eq!(bytes[to + len..], before[to + len..], "{from} to {to}");
        if to <= from || to >= from + len {
            assert_eq!(bytes[to..to + len], before[from..from + len], "{from} to {to}");
        }
    }
}

std::thread_local! {
    static COPIES: Cell<usize> = const { Cell::new(0) };
    static OVERLAPS: Cell<usize> = const { Cell::new(0) };
}

/// A backend that counts copies whose ranges overlap. The count must be 0.
enum Watched {}

// SAFETY: `RecoveryTable` satisfies the requirements.
unsafe impl FaultBackend for Watched {
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        COPIES.set(COPIES.get() + 1);
        if dst.addr().abs_diff(src.addr()) < len {
            OVERLAPS.set(OVERLAPS.get() + 1);
        }
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { RecoveryTable::copy(dst, src, len) }
    }

    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { RecoveryTable::fill(dst, byte, len) }
    }
}

/// The ranges that a backend is called with never overlap, whatever the cursors are. Ranges that do
/// not overlap are copied by one call.
#[test]
fn a_backend_never_receives_overlapping_ranges() {
    let mut bytes = numbers(300);
    let memory = VmSpan::from_slice(&mut bytes);
    // Under Miri, every seventh distance; 98 and 105 are on both sides of the length.
    for distance in (0..=150).step_by(if cfg!(miri) { 7 } else { 1 }) {
        for (from, to) in [(0, distance), (distance, 0)] {
            let mut reader = memory.reader().to_fallible_with::<Watched>();
            let mut writer = memory.writer().to_fallible_with::<Watched>();
            reader.skip(from).limit(100);
            writer.skip(to).limit(100);
            COPIES.set(0);
            assert_eq!(reader.read_fallible(&mut writer), Ok(100));
            assert_eq!(OVERLAPS.get(), 0, "{from} to {to}");
            assert_eq!(COPIES.get() == 1, distance >= 100, "{from} to {to}");
        }
    }
}
