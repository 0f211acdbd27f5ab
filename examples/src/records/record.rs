//! A record with a checksum that detects incomplete records.

use io_core::Le;
use zerocopy::{FromBytes, Immutable, IntoBytes};

/// The format of a record in the file. The page size is not a multiple of its size, so some records
/// cross a page boundary.
#[derive(Clone, Copy, Debug, PartialEq, FromBytes, Immutable, IntoBytes)]
#[repr(C)]
pub struct Record {
    number: Le<u64>,
    round: Le<u64>,
    text: [u8; 24],
    check: Le<u64>,
}

impl Record {
    /// Returns the record with this number as written by `round`.
    pub fn new(number: u64, round: u64) -> Self {
        let text = core::array::from_fn(|i| (number + round + i as u64) as u8);
        let (number, round) = (Le::new(number), Le::new(round));
        let mut record = Self { number, round, text, check: Le::new(0) };
        record.check = Le::new(record.sum());
        record
    }

    /// Returns the number of the record.
    pub const fn number(&self) -> u64 {
        self.number.to_ne()
    }

    /// Returns the round that wrote the record.
    pub const fn round(&self) -> u64 {
        self.round.to_ne()
    }

    /// Returns whether the record is complete: it consists neither of zeros, which follow the end
    /// of a file, nor of parts of two records.
    pub fn is_whole(&self) -> bool {
        self.check.get() == self.sum()
    }

    /// FNV-1a of all bytes before the sum. The sum of zeros is not zero.
    fn sum(&self) -> u64 {
        let checked = self.as_bytes().split_at(size_of::<Self>() - size_of::<u64>()).0;
        checked.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
            (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }
}
