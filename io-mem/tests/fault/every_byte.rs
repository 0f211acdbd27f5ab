//! A fault at every byte of every length: the count is exact, the bytes before the fault are
//! copied, no byte after it is changed, both cursors have moved by the count, and the transfer
//! continues and completes when the page is accessible again.

use std::sync::{Mutex, PoisonError};

use io_core::{
    CopyError,
    fault::{Fault, FaultBackend, RecoveryTable},
    vm::{Fallible, VmReader, VmWriter},
};

use crate::{
    edge::{Edge, Loss},
    memory::{UNTOUCHED, pattern},
};

/// The longest length. It is smaller without optimisation, where the same `asm!` runs, and under
/// emulation, where signals take ten times as long; the shorter lengths use all blocks, too.
pub(crate) const LONGEST: usize = match (cfg!(emulated), cfg!(debug_assertions)) {
    (true, _) => 180,
    (false, true) => 260,
    (false, false) => 420,
};

/// Held by the test that runs. Threads of a process wait for one another, and interrupt one
/// another, when they change page protections: in parallel, these tests take three times as long as
/// in sequence.
static TURN: Mutex<()> = Mutex::new(());

/// Calls `check` with every length and with every first faulting byte of it. A first faulting byte
/// equal to the length means that no byte faults.
fn every_byte(mut check: impl FnMut(usize, usize)) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    for len in 0..=LONGEST {
        for first in 0..=len {
            check(len, first);
        }
    }
}

fn after(done: usize) -> CopyError<Fault> {
    CopyError::Io { error: Fault, done }
}

/// Compares all bytes at once, because unoptimised loops over that many bytes take longer than the
/// faults.
#[track_caller]
fn assert_all(bytes: &[u8], byte: u8) {
    assert_eq!(bytes, &[byte; 2 * LONGEST][..bytes.len()]);
}

/// The source faults from the edge on. It is copied to a buffer that begins at `align`.
pub(crate) fn source_faults<B: FaultBackend>(loss: Loss, align: usize) {
    let edge = Edge::new(loss, LONGEST + 64);
    let bytes = pattern(LONGEST);
    let mut room = vec![UNTOUCHED; align + LONGEST + 64];
    every_byte(|len, first| {
        edge.put_before(&bytes[..first]);
        room.fill(UNTOUCHED);
        edge.lose();

        let mut writer = VmWriter::from(&mut room[align..]);
        // SAFETY: the memory is the test's, no references to it exist, and the handler is
        // installed.
        let mut reader = unsafe { VmReader::<Fallible<B>>::fallible_with(edge.before(first), len) };
        let result = reader.read_fallible(&mut writer);
        assert_eq!(result, if first < len { Err(after(first)) } else { Ok(len) }, "{len} bytes");
        let moved = (reader.remain(), writer.avail());
        assert_eq!(
            moved,
            (len - first, LONGEST + 64 - first),
            "{len} bytes, the first {first} accessible"
        );
        let left = writer.avail();
        assert_all(&room[..align], UNTOUCHED);
        assert_eq!(room[align..][..first], bytes[..first], "{first} of {len} bytes");
        assert_all(&room[align + first..], UNTOUCHED);

        edge.give_back(&bytes[first..len]);
        let mut writer = VmWriter::from(&mut room[align + first..]);
        assert_eq!(writer.avail(), left);
        assert_eq!(reader.read_fallible(&mut writer), Ok(len - first), "{len} bytes resumed");
        assert_eq!((reader.remain(), writer.avail()), (0, left - (len - first)));
        assert_eq!(room[align..][..len], bytes[..len]);
        assert_all(&room[align + len..], UNTOUCHED);
    });
}

/// The destination faults from the edge on. Its source is a buffer that begins at `align`.
pub(crate) fn destination_faults<B: FaultBackend>(loss: Loss, align: usize) {
    let edge = Edge::new(loss, LONGEST + 64);
    let from = pattern(align + LONGEST);
    let from = &from[align..];
    every_byte(|len, first| {
        edge.put_before(&[UNTOUCHED; LONGEST + 64][..first + 64]);
        edge.lose();

        let mut reader = VmReader::from(&from[..len]);
        // SAFETY: the memory is the test's, no references to it exist, and the handler is
        // installed.
        let mut writer = unsafe { VmWriter::<Fallible<B>>::fallible_with(edge.before(first), len) };
        let result = writer.write_fallible(&mut reader);
        assert_eq!(result, if first < len { Err(after(first)) } else { Ok(len) }, "{len} bytes");
        let moved = (reader.remain(), writer.avail());
        assert_eq!(moved, (len - first, len - first), "{len} bytes, the first {first} accessible");
        assert_eq!(edge.bytes(edge.before(first), first), &from[..first], "of {len} bytes");
        assert_all(edge.bytes(edge.before(first + 64), 64), UNTOUCHED);

        edge.give_back(&[]);
        assert_all(edge.bytes(edge.before(0), LONGEST), edge.untouched());
        assert_eq!(writer.write_fallible(&mut reader), Ok(len - first), "{len} bytes resumed");
        assert_eq!((reader.remain(), writer.avail()), (0, 0));
        assert_eq!(edge.bytes(edge.before(first), len), &from[..len]);
        assert_all(edge.bytes(edge.before(0).wrapping_add(len - first), 64), edge.untouched());
        edge.put_after(&[edge.untouched(); LONGEST][..len - first]);
    });
}

/// A fill that faults and continues.
pub(crate) fn fill_faults<B: FaultBackend>(loss: Loss) {
    let edge = Edge::new(loss, LONGEST + 64);
    every_byte(|len, first| {
        edge.put_before(&[UNTOUCHED; LONGEST + 64][..first + 64]);
        edge.lose();

        // SAFETY: the memory is the test's, no references to it exist, and the handler is
        // installed.
        let mut writer = unsafe { VmWriter::<Fallible<B>>::fallible_with(edge.before(first), len) };
        let result = writer.fill_zeros(len);
        assert_eq!(result, if first < len { Err(after(first)) } else { Ok(len) }, "{len} bytes");
        assert_eq!(writer.avail(), len - first);
        assert_all(edge.bytes(edge.before(first), first), 0);
        assert_all(edge.bytes(edge.before(first + 64), 64), UNTOUCHED);

        edge.give_back(&[]);
        assert_all(edge.bytes(edge.before(0), LONGEST), edge.untouched());
        assert_eq!(writer.fill_zeros(usize::MAX), Ok(len - first), "{len} bytes resumed");
        assert_all(edge.bytes(edge.before(first), len), 0);
        assert_all(edge.bytes(edge.before(0).wrapping_add(len - first), 64), edge.untouched());
        edge.put_after(&[edge.untouched(); LONGEST][..len - first]);
    });
}

macro_rules! tests {
    ($($name:ident: $faults:ident($($argument:expr),+);)+) => {$(
        #[test]
        fn $name() {
            $faults::<RecoveryTable>($($argument),+);
        }
    )+};
}

tests! {
    a_source_may_fault_at_every_byte: source_faults(Loss::Access, 0);
    a_source_may_fault_at_every_byte_with_offset_1: source_faults(Loss::Access, 1);
    a_source_may_fault_at_every_byte_with_offset_13: source_faults(Loss::Access, 13);
    a_source_in_a_file_may_fault_at_every_byte: source_faults(Loss::File, 0);
    a_source_in_a_file_may_fault_at_every_byte_with_offset_1: source_faults(Loss::File, 1);
    a_source_in_a_file_may_fault_at_every_byte_with_offset_13: source_faults(Loss::File, 13);
    a_destination_may_fault_at_every_byte: destination_faults(Loss::Access, 0);
    a_destination_may_fault_at_every_byte_with_offset_1: destination_faults(Loss::Access, 1);
    a_destination_may_fault_at_every_byte_with_offset_13: destination_faults(Loss::Access, 13);
    a_destination_that_is_read_only_may_fault_at_every_byte: destination_faults(Loss::Stores, 0);
    a_destination_that_is_read_only_may_fault_at_every_byte_with_offset_1:
        destination_faults(Loss::Stores, 1);
    a_destination_that_is_read_only_may_fault_at_every_byte_with_offset_13:
        destination_faults(Loss::Stores, 13);
    a_destination_in_a_file_may_fault_at_every_byte: destination_faults(Loss::File, 0);
    a_destination_in_a_file_may_fault_at_every_byte_with_offset_1:
        destination_faults(Loss::File, 1);
    a_destination_in_a_file_may_fault_at_every_byte_with_offset_13:
        destination_faults(Loss::File, 13);
    a_fill_may_fault_at_every_byte: fill_faults(Loss::Access);
    a_fill_of_a_read_only_page_may_fault_at_every_byte: fill_faults(Loss::Stores);
    a_fill_of_a_file_may_fault_at_every_byte: fill_faults(Loss::File);
}
