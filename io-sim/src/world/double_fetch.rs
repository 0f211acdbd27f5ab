//! What a driver has loaded twice.

use alloc::vec::Vec;
use core::fmt;

use super::name::Spot;

/// Bytes that the driver loaded more than once, although nobody had stored there
/// in between; prints as `Completion.len, loaded 2 times`.
#[derive(Clone, Copy)]
pub struct DoubleFetch {
    pub(super) spot: Spot,
    pub(super) count: usize,
}

impl DoubleFetch {
    /// One for each value, from bytes that were loaded so often.
    pub(super) fn of_values(bytes: &[(Spot, usize)]) -> Vec<Self> {
        let mut fetches: Vec<Self> = Vec::new();
        for (spot, count) in bytes.iter().map(|&(spot, count)| (spot.value(), count)) {
            match fetches.iter_mut().find(|fetch| fetch.spot == spot) {
                Some(fetch) => fetch.count = fetch.count.max(count),
                None => fetches.push(Self { spot, count }),
            }
        }
        fetches
    }

    /// How often the value was loaded.
    #[inline]
    pub fn count(&self) -> usize {
        self.count
    }
}

impl fmt::Display for DoubleFetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, loaded {} times", self.spot, self.count)
    }
}

impl fmt::Debug for DoubleFetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DoubleFetch({self})")
    }
}
