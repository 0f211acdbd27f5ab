//! The locations of records, and the function that reads one from any memory.

use io_core::{prelude::*, vm::VmIo};

use super::Record;

/// The header of the file.
#[derive(Debug, IoStruct)]
#[io(size = 0x10)]
#[repr(C)]
pub struct Header {
    /// The last complete round.
    pub round: Le<u32>,
    /// The number of records that are never truncated.
    pub kept: Le<u32>,
    unused: Reserved<8>,
}

/// The number of records in a complete file.
pub const LENGTH: u64 = 500;

/// Returns the offset of a record in the file.
pub const fn place(number: u64) -> u64 {
    size_of::<Header>() as u64 + number * size_of::<Record>() as u64
}

/// Returns the record inside which a round truncates the file.
pub const fn end(kept: u64, round: u64) -> u64 {
    kept + round * 37 % (LENGTH - kept)
}

/// Returns the round, out of `rounds`, that wrote a record: the last one that truncated it.
pub fn round(kept: u64, rounds: u64, number: u64) -> u64 {
    (1..=rounds).rev().find(|round| end(kept, *round) <= number).unwrap_or(0)
}

/// Returns the record with this number, if it exists.
///
/// A record that was truncated does not exist: if completely, the read faults; if partly, zeros may
/// follow. A record that is being written does not exist yet, and is found by a later call.
pub fn find(memory: &impl VmIo, number: u64) -> Option<Record> {
    let record: Record = memory.read_val(usize::try_from(place(number)).ok()?).ok()?;
    (record.is_whole() && record.number() == number).then_some(record)
}
