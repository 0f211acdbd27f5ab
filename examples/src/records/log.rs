//! Where records lie, and how one is read, whatever the memory is.

use io_core::{prelude::*, vm::VmIo};

use super::Record;

/// What the file starts with.
#[derive(Debug, IoStruct)]
#[io(size = 0x10)]
#[repr(C)]
pub struct Header {
    /// The last round that is complete.
    pub round: Le<u32>,
    /// Records that no round ever cuts off.
    pub kept: Le<u32>,
    unused: Reserved<8>,
}

/// Records in a complete file.
pub const LENGTH: u64 = 500;

/// Where a record is in the file: where those before it end.
pub const fn place(number: u64) -> u64 {
    size_of::<Header>() as u64 + number * size_of::<Record>() as u64
}

/// Where a round cuts the file off: inside of this record.
pub const fn end(kept: u64, round: u64) -> u64 {
    kept + round * 37 % (LENGTH - kept)
}

/// Which of `rounds` has written a record: the last that cut it off.
pub fn round(kept: u64, rounds: u64, number: u64) -> u64 {
    (1..=rounds).rev().find(|round| end(kept, *round) <= number).unwrap_or(0)
}

/// The record of this number, if it is there.
///
/// It is not if it was cut off, in whole (that is a fault) or in part (zeros may be behind it), or if
/// it is just being written: then it is found the next time.
pub fn find(memory: &impl VmIo, number: u64) -> Option<Record> {
    let record: Record = memory.read_val(usize::try_from(place(number)).ok()?).ok()?;
    (record.is_whole() && record.number() == number).then_some(record)
}
