//! Safe code, and unsafe code that satisfies its requirements, which tries to access memory out of
//! bounds. Miri would report such accesses.

use core::cell::Cell;

use io_core::{
    CopyError, Error, FaultMem,
    fault::{Fault, FaultAtomic, FaultBackend, RecoveryTable},
    prelude::*,
    vm::{
        Fallible, HasVmReaderWriter, Infallible, PodOnce, VmIo, VmIoFill, VmIoOnce, VmReader,
        VmSpan, VmWriter,
    },
};
use zerocopy::{FromBytes, Immutable, IntoBytes};

/// An object in safe code that returns different memory each time: short, long, short, …
struct Flip<'a> {
    turn: Cell<usize>,
    spans: [VmSpan<'a, Infallible>; 2],
}

impl Flip<'_> {
    fn next(&self) -> VmSpan<'_, Infallible> {
        self.turn.set(self.turn.get() + 1);
        self.spans[self.turn.get() % 2]
    }
}

impl HasVmReaderWriter for Flip<'_> {
    type Memory = Infallible;

    fn reader(&self) -> VmReader<'_, Infallible> {
        self.next().into()
    }

    fn writer(&self) -> VmWriter<'_, Infallible> {
        self.next().into()
    }
}

#[test]
fn the_memory_of_an_object_is_requested_once() {
    for turn in [0, 1] {
        let (mut short, mut long) = ([0_u64; 1], [0_u64; 64]);
        let spans = [VmSpan::from_slice(&mut short), VmSpan::from_slice(&mut long)];
        let flip = Flip { turn: Cell::new(turn), spans };
        let outside = Err(CopyError::OutOfRange { offset: 400, size: 8, limit: 8 });
        for _ in 0..2 {
            // Each call fails or succeeds as a whole, according to the memory that it was given.
            let results = [
                flip.read_bytes(400, &mut [1; 8]),
                flip.write_bytes(400, &[1; 8]),
                flip.fill_zeros(400, 8),
            ];
            assert!(results.iter().all(|result| result.is_ok() || *result == outside));
            let outside = Error::OutOfRange { offset: 400, size: 4, limit: 8 };
            let once = flip.write_once(400, &7_u32);
            assert!(once.is_ok() || once == Err(outside));
        }
    }
}

/// A backend that violates its requirements: it returns more bytes than were requested.
enum ExcessiveCount {}

// SAFETY: the copies and fills satisfy the requirements; the count is too large, which is what this
// test checks.
unsafe impl FaultBackend for ExcessiveCount {
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { RecoveryTable::copy(dst, src, len) };
        usize::MAX
    }

    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { RecoveryTable::fill(dst, byte, len) };
        len + 1
    }
}

/// A count that is too large does not move a cursor out of its range.
#[test]
fn an_excessive_count_does_not_move_a_cursor_out_of_range() {
    let mut bytes = [1, 2, 3, 4, 5, 6, 7, 8_u8];
    let memory = VmSpan::from_slice(&mut bytes);
    let mut reader = memory.reader().to_fallible_with::<ExcessiveCount>();
    let mut writer = memory.writer().to_fallible_with::<ExcessiveCount>();
    writer.skip(2);
    assert_eq!(reader.limit(5).read_fallible(&mut writer), Ok(5), "overlapping bytes");
    assert_eq!((reader.remain(), writer.avail()), (0, 1));
    let mut reader = memory.reader().to_fallible_with::<ExcessiveCount>();
    assert_eq!(reader.read_val(), Ok([1_u8, 2]));
    assert_eq!((reader.remain(), writer.fill_zeros(9), writer.avail()), (6, Ok(1), 0));
    assert_eq!(bytes[7], 0);
}

/// A backend whose memory always faults.
enum Unmapped {}

// SAFETY: nothing is accessed.
unsafe impl FaultBackend for Unmapped {
    unsafe fn copy(_: *mut u8, _: *const u8, _: usize) -> usize {
        0
    }

    unsafe fn fill(_: *mut u8, _: u8, _: usize) -> usize {
        0
    }
}

// SAFETY: nothing is accessed.
unsafe impl<W> FaultAtomic<W> for Unmapped {
    unsafe fn load(_: *const W) -> Result<W, Fault> {
        Err(Fault)
    }

    unsafe fn store(_: *mut W, _: W) -> Result<(), Fault> {
        Err(Fault)
    }

    unsafe fn compare_exchange(_: *mut W, _: W, _: W) -> Result<W, Fault> {
        Err(Fault)
    }
}

/// A range of almost all addresses, which is larger than any allocation of Rust.
#[test]
fn ranges_as_large_as_the_address_space_are_accepted() {
    let gone = |done| CopyError::Io { error: Fault, done };
    // SAFETY: the range does not wrap around, and nothing in it is ever accessed.
    let all =
        unsafe { VmSpan::<Fallible<Unmapped>>::fallible_with(core::ptr::null_mut(), usize::MAX) };
    assert_eq!(all.size(), usize::MAX);
    let mut bytes = [7; 4];
    for offset in [0, isize::MAX as usize, usize::MAX - 4] {
        assert_eq!(all.read_bytes(offset, &mut bytes), Err(gone(0)));
        assert_eq!(all.fill_zeros(offset, 4), Err(gone(0)));
    }
    for offset in [usize::MAX - 3, usize::MAX] {
        let outside = CopyError::OutOfRange { offset, size: 4, limit: usize::MAX };
        assert_eq!(all.write_bytes(offset, &bytes), Err(outside));
    }
    let mut reader = VmReader::from(all);
    let mut writer = VmWriter::from(all);
    assert_eq!(reader.read_fallible(&mut writer), Err(gone(0)), "onto itself");
    assert_eq!(reader.skip(usize::MAX).remain(), 0);
    assert_eq!(reader.cursor().addr(), usize::MAX);
    assert_eq!(reader.read_fallible(&mut writer), Ok(0));
    assert_eq!(writer.fill_zeros(usize::MAX), Err(gone(0)));

    let view = FaultMem::from(all);
    assert_eq!(view.len(), usize::MAX);
    assert_eq!(view.get(usize::MAX - 1).unwrap().read_val(), Err(Fault));
    assert!(view.get(usize::MAX).is_none());
    let tail = view.get(usize::MAX - 15..).unwrap();
    assert_eq!(tail.try_cast::<[u32; 3]>().unwrap().copy_read(), Err(gone(0)));
    let too_large = Error::OutOfRange { offset: 0, size: 16, limit: 15 };
    assert_eq!(tail.try_cast::<[u32; 4]>().unwrap_err(), too_large);
    assert_eq!(view.fill(1), Err(gone(0)));
}

/// A value that is larger than a register, and more aligned than its address.
#[derive(FromBytes, IntoBytes, Immutable, Clone, Copy, Debug, PartialEq)]
#[repr(C, align(64))]
struct Large([u8; 192]);

#[test]
fn values_of_any_size_and_alignment_are_transferred() {
    let mut bytes = [0_u8; 200];
    let value = Large(core::array::from_fn(|i| i as u8));
    for offset in 0..=8 {
        let mut writer = VmWriter::from(&mut bytes[..]);
        writer.skip(offset).write_val(&value).unwrap();
        assert_eq!(bytes[offset..offset + 192], value.0);
        assert_eq!(VmReader::from(&bytes[..]).skip(offset).read_val(), Ok(value));
    }
    // A value of 0 bytes, at an unaligned end.
    let mut end = VmReader::from(&bytes[1..4]);
    assert_eq!(end.skip(3).read_val(), Ok([0_u64; 0]));
    assert_eq!(VmWriter::from(&mut bytes[1..1]).write_val(&[0_u64; 0]), Ok(()));
}

/// Types that are more and less aligned than their words.
#[derive(FromBytes, IntoBytes, Immutable, Clone, Copy, Debug, PartialEq)]
#[repr(C, align(4))]
struct Over([u8; 4]);

#[derive(FromBytes, IntoBytes, Immutable, Clone, Copy, Debug, PartialEq)]
#[repr(C, packed)]
struct Under(u8, u16, u8);

impl PodOnce for Over {
    type Word = u32;
}

impl PodOnce for Under {
    type Word = u32;
}

/// The alignment of the word is required, not the alignment of the value.
#[test]
fn single_accesses_require_the_alignment_of_the_word() {
    let mut words = [0_u32; 3];
    let memory = VmSpan::from_slice(&mut words);
    let (over, under) = (Over([1, 2, 3, 4]), Under(5, 6, 7));
    memory.write_once(4, &over).unwrap();
    assert_eq!(memory.read_once(4), Ok(over));
    memory.write_once(8, &under).unwrap();
    assert_eq!(memory.read_once(8), Ok(under));
    for offset in [1, 2, 3, 5, 6, 7] {
        assert!(matches!(memory.read_once::<Over>(offset), Err(Error::Misaligned { .. })));
        assert!(matches!(memory.write_once(offset, &under), Err(Error::Misaligned { .. })));
    }
}

/// Threads create their own cursors from one view, and access the same bytes by every width: words
/// are not torn, and copies contain bytes that were written. Miri's memory model does not define
/// such races.
#[cfg(all(not(miri), target_pointer_width = "64"))]
#[test]
fn concurrent_cursors_do_not_tear_words() {
    const ROUNDS: usize = 20_000;
    let mut words = [0_u64; 8];
    let view = SysMem::from(VmSpan::from_slice(&mut words));
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let memory = VmSpan::from(view);
            for round in 0..ROUNDS {
                let word = if round % 2 == 0 { u64::MAX } else { 0 };
                for offset in [0, 8, 56] {
                    memory.write_once(offset, &word).unwrap();
                }
            }
        });
        scope.spawn(move || {
            for round in 0..ROUNDS {
                let (reader, writer) = (VmReader::from(view), VmWriter::from(view));
                // Either value is allowed, if it is not torn.
                let old = if round % 2 == 0 { u64::MAX } else { 0 };
                let (found, _) = writer.atomic_compare_exchange(&reader, old, !old).unwrap();
                assert!(found == 0 || found == u64::MAX, "{found:#x}");
                let half: u32 = reader.atomic_load().unwrap();
                assert!(half == 0 || half == u32::MAX, "{half:#x}");
            }
        });
        scope.spawn(move || {
            for _ in 0..ROUNDS {
                let bytes: [u8; 64] = VmReader::from(view).read_val().unwrap();
                assert!(bytes.iter().all(|byte| matches!(byte, 0 | 0xff)), "{bytes:x?}");
            }
        });
    });
}
