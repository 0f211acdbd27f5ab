//! Pseudorandom numbers, the same in each run of a test.

/// Returns the next number of SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", 2014. Implemented here because it is shorter than a dependency would be.
pub(super) fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// SplitMix64, or its complement.
///
/// Of two seeds `2n` and `2n + 1`, the second produces the inverted bits of the first: together
/// they produce each bit as zero and as one, so that a driver that writes constants cannot pass by
/// chance.
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
        next(&mut self.state) ^ self.flip
    }
}
