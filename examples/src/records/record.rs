//! One record, which says itself whether it is whole.

use io_core::Le;
use zerocopy::{FromBytes, Immutable, IntoBytes};

/// A record as it lies in the file. Its size divides no page: some lie across two.
#[derive(Clone, Copy, Debug, PartialEq, FromBytes, Immutable, IntoBytes)]
#[repr(C)]
pub struct Record {
    number: Le<u64>,
    round: Le<u64>,
    text: [u8; 24],
    check: Le<u64>,
}

impl Record {
    /// The record of this number, as `round` writes it.
    pub fn new(number: u64, round: u64) -> Self {
        let text = core::array::from_fn(|i| (number + round + i as u64) as u8);
        let (number, round) = (Le::<u64>::from_ne(number), Le::<u64>::from_ne(round));
        let mut record = Self { number, round, text, check: Le::<u64>::from_ne(0) };
        record.check = Le::<u64>::from_ne(record.sum());
        record
    }

    /// Which record it is.
    pub const fn number(&self) -> u64 {
        self.number.to_ne()
    }

    /// Who wrote it.
    pub const fn round(&self) -> u64 {
        self.round.to_ne()
    }

    /// Whether it was written in one go: neither zeros, which stand behind a file's end, nor
    /// parts of two.
    pub fn is_whole(&self) -> bool {
        self.check.to_ne() == self.sum()
    }

    /// FNV-1a of all that is before the sum. That of zeros is not zero.
    fn sum(&self) -> u64 {
        let checked = self.as_bytes().split_at(size_of::<Self>() - size_of::<u64>()).0;
        checked.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
            (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }
}
