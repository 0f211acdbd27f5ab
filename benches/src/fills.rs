//! Fills of memory with one byte.

use crate::{contestants::Contestant, libc_calls, ours};

/// The byte that is written.
pub const BYTE: u8 = 0x5a;

/// All contestants that fill; the first is the baseline.
pub const ALL: [Contestant; 3] = [libc_calls::MEMSET, ours::FILLS[0], ours::FILLS[1]];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        place::{Arena, Layout},
        sizes::SIZES,
    };

    #[test]
    fn every_contestant_fills_all_sizes_in_all_layouts() {
        let mut arena = Arena::default();
        for layout in Layout::ALL {
            for size in SIZES {
                for contestant in ALL {
                    let mut place = arena.place(layout, size);
                    (contestant.run)(&mut place, 1);
                    let wrong = place.destination.iter().position(|byte| *byte != BYTE);
                    assert_eq!(wrong, None, "{}, {size} bytes, {layout:?}", contestant.name);
                }
            }
        }
    }
}
