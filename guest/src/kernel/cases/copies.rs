//! Copies and fills that reach an absent or read-only page.

use io_core::{AccessError, Error, fault::Fault};

use super::transfer::{End, Kind, Transfer};
use crate::kernel::{
    exceptions::watch,
    memory::{self, EDGE, FIRST, PAGE, SECOND, State},
};

pub(super) fn an_absent_source_page_faults() -> usize {
    run(Kind::Source, State::Absent)
}

pub(super) fn an_absent_destination_page_faults() -> usize {
    run(Kind::Destination, State::Absent)
}

pub(super) fn a_read_only_destination_page_faults() -> usize {
    run(Kind::Destination, State::ReadOnly)
}

pub(super) fn filling_an_absent_page_faults() -> usize {
    run(Kind::Filled, State::Absent)
}

pub(super) fn filling_a_read_only_page_faults() -> usize {
    run(Kind::Filled, State::ReadOnly)
}

/// Faults at every byte of short transfers, and at every fifth byte of a few that are long enough
/// for string instructions, which transfer eight bytes at a time; transfers continue after the page
/// is restored.
fn run(kind: Kind, state: State) -> usize {
    let long = [512, 519, 1031];
    let mut accesses = 0;
    FIRST.set(State::Writable);
    SECOND.set(state);
    for len in (0..=128).chain(long) {
        for before in (0..=len).step_by(if len > 128 { 5 } else { 1 }) {
            let mut transfer = Transfer::new(kind, End::Page, before, len);
            let faults = transfer.stops();
            let cause = (before < len).then(|| transfer.cause(state != State::Absent));
            assert!(faults.last == cause, "{faults:x?}, expected {cause:x?}");
            accesses += 1;
        }
    }
    for (before, len) in [(0, 1), (0, 4096), (3, 8), (100, 200), (2000, 5000), (4080, 8100)] {
        SECOND.set(state);
        let mut transfer = Transfer::new(kind, End::Page, before, len);
        transfer.stops();
        SECOND.set(State::Writable);
        transfer.finishes();
        accesses += 2;
    }
    accesses
}

/// Values that are partly inaccessible: the cursor does not move, and continues when they are
/// accessible.
pub(super) fn a_faulting_value_does_not_move_the_cursor() -> usize {
    FIRST.set(State::Writable);
    FIRST.bytes().set(0..2 * PAGE, |at| at as u8);
    for before in 0..8 {
        SECOND.set(State::Absent);
        let (mut reader, mut writer) =
            (memory::reader(EDGE - before, 8), memory::writer(EDGE - before, 8));
        let (read, faults) = watch(|| reader.read_val::<[u8; 8]>());
        assert!(read == Err(AccessError::Io(Fault)), "{before} bytes are accessible: {read:?}");
        assert!(faults.recovered > 0 && reader.remain() == 8, "{faults:?}, {reader:?}");
        let (written, faults) = watch(|| writer.write_val(&[0xee_u8; 8]));
        assert!(
            written == Err(AccessError::Io(Fault)),
            "{before} bytes are accessible: {written:?}"
        );
        assert!(faults.recovered > 0 && writer.avail() == 8, "{faults:?}, {writer:?}");
        SECOND.set(State::Writable);
        assert!(writer.write_val(&[0xdd_u8; 8]) == Ok(()) && writer.avail() == 0);
        assert!(reader.read_val() == Ok([0xdd_u8; 8]) && reader.remain() == 0);
        let end: Result<u8, _> = reader.read_val();
        assert!(matches!(end, Err(AccessError::Place(Error::OutOfRange { .. }))), "{end:?}");
    }
    8 * 4
}

/// A copy between two fallible ranges, each of which reaches the same page.
pub(super) fn copies_between_fallible_ranges_may_fault_on_either_side() -> usize {
    let offset = |address| address + PAGE - EDGE;
    FIRST.set(State::Writable);
    for (from, to, done) in [(EDGE - 60, EDGE - 200, 60), (EDGE - 200, EDGE - 33, 33)] {
        SECOND.set(State::Absent);
        FIRST.bytes().set(0..2 * PAGE, |at| (at % 251) as u8);
        let (mut reader, mut writer) = (memory::reader(from, 100), memory::writer(to, 100));
        let (result, faults) = watch(|| reader.read_fallible(&mut writer));
        assert!(result.map_err(|error| error.done()) == Err(done), "{result:?}, {faults:x?}");
        assert!((reader.remain(), writer.avail()) == (100 - done, 100 - done), "{reader:?}");
        SECOND.set(State::Writable);
        let result = reader.read_fallible(&mut writer);
        assert!(result == Ok(100 - done), "{result:?}");
        let copied = offset(to)..offset(to) + 100;
        FIRST.bytes().check("the copy", copied, |at| ((at + from - to) % 251) as u8);
    }
    4
}
