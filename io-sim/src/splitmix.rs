//! Bits without a pattern, the same in each run of a test.

/// The next bits of SplitMix64: Steele, Lea, Flood, "Fast splittable
/// pseudorandom number generators", 2014. Few lines; a crate would be the larger
/// dependency.
pub(super) fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
