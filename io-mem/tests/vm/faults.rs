//! A fault at every byte: the exact count, an equal prefix, no change after it, and a second
//! attempt.
//!
//! Row "`read_fallible`/`write_fallible`": the error, and both cursors have advanced by the count.

use io_core::{
    CopyError,
    fault::Fault,
    vm::{
        CopyInto, Fallible, HasVmReaderWriter, Infallible, MemoryKind, VmReader, VmSpan, VmWriter,
    },
};
use io_sim::{FaultyBytes, SimFaults};

type Sim = Fallible<SimFaults>;
/// The longest copy, and the size of the buffers. Miri copies byte by byte, so that lengths make no
/// difference, and it is slow.
const LONGEST: usize = if cfg!(miri) { 9 } else { 64 };
const ROOM: usize = LONGEST + 8;
/// The distance of the bytes that fault in long copies.
const STEP: usize = if cfg!(miri) { 20 } else { 1 };

fn after(done: usize) -> CopyError<Fault> {
    CopyError::Io { error: Fault, done }
}

/// The side that faults, and the kind of fault.
#[derive(Clone, Copy, Debug)]
enum Side {
    Source,
    Destination,
    ReadOnlyDestination,
}

impl Side {
    fn faulty(self, src: *const u8, dst: *const u8, first: usize) -> FaultyBytes {
        let len = ROOM - first;
        match self {
            Side::Source => FaultyBytes::new(src.wrapping_add(first), len),
            Side::Destination => FaultyBytes::new(dst.wrapping_add(first), len),
            Side::ReadOnlyDestination => FaultyBytes::read_only(dst.wrapping_add(first), len),
        }
    }
}

type Copy<S, D> = fn(&mut VmReader<'_, S>, &mut VmWriter<'_, D>) -> Result<usize, CopyError<Fault>>;

/// A pair of kinds of memory, and the function that copies between them.
struct Pair<S, D> {
    from: fn(VmReader<'_, Infallible>) -> VmReader<'_, S>,
    to: fn(VmWriter<'_, Infallible>) -> VmWriter<'_, D>,
    copy: Copy<S, D>,
}

impl<S: CopyInto<D>, D: MemoryKind> Pair<S, D> {
    fn check(&self, side: Side) {
        for len in 0..=LONGEST {
            for first in 0..=len {
                self.one(side, len, first);
            }
        }
    }

    /// Copies `len` bytes, with a fault at the byte `first` if it is one of them.
    fn one(&self, side: Side, len: usize, first: usize) {
        let case = format!("{side:?}, {len} bytes, fault at {first}");
        let bytes: [u8; ROOM] = core::array::from_fn(|i| i as u8 + 1);
        let mut room = [0xee_u8; ROOM];
        let memory = VmSpan::from_slice(&mut room);
        let mut reader = (self.from)(VmReader::from(&bytes[..len]));
        let mut writer = (self.to)(memory.writer());
        let (src, dst) = (reader.cursor(), writer.cursor());
        let faulty = side.faulty(src, dst, first);

        let expected = if first < len { Err(after(first)) } else { Ok(len) };
        assert_eq!((self.copy)(&mut reader, &mut writer), expected, "{case}");
        assert_eq!(reader.cursor(), src.wrapping_add(first), "{case}");
        assert_eq!(writer.cursor(), dst.wrapping_add(first), "{case}");
        assert_eq!((reader.remain(), writer.avail()), (len - first, ROOM - first), "{case}");
        let now: [u8; ROOM] = memory.reader().read_val().unwrap();
        assert_eq!(now[..first], bytes[..first], "{case}");
        assert_eq!(now[first..], [0xee; ROOM][first..], "{case}");
        if first < len {
            assert_eq!(
                (self.copy)(&mut reader, &mut writer),
                Err(after(0)),
                "{case}: a retry makes no progress"
            );
        }

        drop(faulty);
        assert_eq!((self.copy)(&mut reader, &mut writer), Ok(len - first), "{case}");
        assert_eq!((reader.remain(), writer.avail()), (0, ROOM - len), "{case}");
        assert_eq!(room[..len], bytes[..len], "{case}");
        assert_eq!(room[len..], [0xee; ROOM][len..], "{case}");
    }
}

fn sim_reader(reader: VmReader<'_, Infallible>) -> VmReader<'_, Sim> {
    reader.to_fallible_with()
}

fn sim_writer(writer: VmWriter<'_, Infallible>) -> VmWriter<'_, Sim> {
    writer.to_fallible_with()
}

/// Pair FI.
#[test]
fn faults_of_the_source_are_counted() {
    let pair = Pair { from: sim_reader, to: |to| to, copy: |from, to| from.read_fallible(to) };
    pair.check(Side::Source);
}

/// Pair IF.
#[test]
fn faults_of_the_destination_are_counted() {
    let pair = Pair { from: |from| from, to: sim_writer, copy: |from, to| to.write_fallible(from) };
    pair.check(Side::Destination);
    pair.check(Side::ReadOnlyDestination);
}

/// Pair FF.
#[test]
fn faults_of_either_side_are_counted() {
    let pair = Pair { from: sim_reader, to: sim_writer, copy: |from, to| from.read_fallible(to) };
    for side in [Side::Source, Side::Destination, Side::ReadOnlyDestination] {
        pair.check(side);
    }
}

/// Row "stops at source end, destination end or fault": a fault after the end of the shorter side
/// is not reached, and the next copy reports it.
#[test]
fn a_fault_after_the_shorter_side_is_not_reached() {
    for (source, room) in [(5, 9), (9, 5), (0, 9), (9, 0), (5, 5)] {
        let (bytes, mut to) = ([1_u8; 9], [0xee_u8; 9]);
        let least = source.min(room);
        let memory = VmSpan::from_slice(&mut to);
        let mut reader = sim_reader(VmReader::from(&bytes[..]));
        let mut writer = sim_writer(memory.writer());
        let _faulty = [reader.cursor(), writer.cursor().cast_const()]
            .map(|side| FaultyBytes::new(side.wrapping_add(least), 9 - least));
        let mut short = reader.clone();
        let mut room_left = writer.clone_exclusive();
        assert_eq!(short.limit(source).read_fallible(room_left.limit(room)), Ok(least));
        assert_eq!((short.remain(), room_left.avail()), (source - least, room - least));
        let again = if source == least || room == least { Ok(0) } else { Err(after(0)) };
        assert_eq!(short.read_fallible(&mut room_left), again);
        assert_eq!(reader.read_fallible(&mut writer), Err(after(least)), "without limits");
        assert_eq!((reader.remain(), writer.avail()), (9 - least, 9 - least));
    }
}

/// Row "`fill_zeros(len)`, Fallible": the number of zeros so far, by which the cursor has moved.
#[test]
fn fill_zeros_counts_up_to_the_fault() {
    for len in 0..=LONGEST {
        for first in 0..=len {
            let mut room = [0xee_u8; ROOM];
            let memory = VmSpan::from_slice(&mut room);
            let mut writer = sim_writer(memory.writer());
            let dst = writer.cursor();
            let faulty = FaultyBytes::read_only(dst.wrapping_add(first), ROOM - first);
            let expected = if first < len { Err(after(first)) } else { Ok(len) };
            assert_eq!(writer.fill_zeros(len), expected);
            assert_eq!(writer.avail(), ROOM - first);
            let now: [u8; ROOM] = memory.reader().read_val().unwrap();
            assert_eq!(now[..first], [0; ROOM][..first]);
            assert_eq!(now[first..], [0xee; ROOM][first..]);
            drop(faulty);
            assert_eq!(writer.fill_zeros(len - first), Ok(len - first));
            assert_eq!(room[..len], [0; ROOM][..len]);
            assert_eq!(room[len..], [0xee; ROOM][len..]);
        }
    }
}

/// A fault in a copy between overlapping ranges has an exact count, too.
#[test]
fn faults_of_overlapping_copies_are_counted() {
    for distance in [0, 1, 40] {
        for first in (0..=100).step_by(STEP) {
            let before: [u8; 200] = core::array::from_fn(|i| i as u8);
            let mut bytes = before;
            let memory = VmSpan::from_slice(&mut bytes);
            let mut reader = sim_reader(memory.reader());
            let mut writer = sim_writer(memory.writer());
            reader.skip(distance).limit(100);
            writer.limit(100);
            let _faulty = FaultyBytes::read_only(writer.cursor().wrapping_add(first), 200 - first);
            let expected = if first < 100 { Err(after(first)) } else { Ok(100) };
            assert_eq!(reader.read_fallible(&mut writer), expected);
            assert_eq!((reader.remain(), writer.avail()), (100 - first, 100 - first));
            assert_eq!(bytes[..first], before[distance..][..first]);
            assert_eq!(bytes[first..], before[first..]);
        }
    }
}

/// The same if the source faults. The source begins sixty bytes after the destination, so that the
/// two overlap by forty bytes.
#[test]
fn source_faults_of_overlapping_copies_are_counted() {
    for first in (40..=100).step_by(STEP) {
        let before: [u8; 200] = core::array::from_fn(|i| i as u8);
        let mut bytes = before;
        let memory = VmSpan::from_slice(&mut bytes);
        let mut reader = sim_reader(memory.reader());
        let mut writer = sim_writer(memory.writer());
        reader.skip(60).limit(100);
        writer.limit(100);
        let _faulty = FaultyBytes::new(reader.cursor().wrapping_add(first), 40);
        let expected = if first < 100 { Err(after(first)) } else { Ok(100) };
        assert_eq!(reader.read_fallible(&mut writer), expected);
        assert_eq!((reader.remain(), writer.avail()), (100 - first, 100 - first));
        assert_eq!(bytes[..first], before[60..][..first]);
        assert_eq!(bytes[first..], before[first..]);
    }
}
