//! Bits that nobody planned, the same in each run of a test.

use crate::splitmix;

/// SplitMix64, or its complement.
///
/// Of two seeds `2n` and `2n + 1` the second gives the first's bits inverted:
/// between them each bit is seen as zero and as one, so that no driver that
/// writes constants is right by luck.
#[derive(Debug)]
pub(super) struct Random {
    state: u64,
    flip: u64,
}

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed >> 1, flip: if seed & 1 == 1 { u64::MAX } else { 0 } }
    }

    pub(super) fn bits(&mut self) -> u64 {
        splitmix::next(&mut self.state) ^ self.flip
    }
}
