//! Comparison of the architecture's instructions with the portable model.

#[cfg(target_pointer_width = "64")]
use core::sync::atomic::AtomicU64;
use core::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, Ordering::Relaxed};

use super::{Word, imp, portable};

/// Room for the longest copy at the largest offset, with guard bytes on both sides.
const ROOM: usize = 5120;
const GUARD: usize = 64;

fn counting(start: u8) -> [u8; ROOM] {
    core::array::from_fn(|i| (i as u8).wrapping_mul(31).wrapping_add(start))
}

/// Lengths on both sides of every branch.
fn lengths() -> impl Iterator<Item = usize> {
    (0..=300).chain([500, 511, 512, 513, 527, 540, 543, 1000, 1023, 1024, 1025, 4095, 4096, 4097])
}

/// Offsets of the two sides: equal, different by each unit, and across cache lines.
const OFFSETS: [(usize, usize); 12] = [
    (0, 0),
    (1, 1),
    (0, 1),
    (1, 0),
    (2, 0),
    (4, 0),
    (0, 4),
    (3, 5),
    (7, 2),
    (15, 31),
    (33, 8),
    (63, 0),
];

#[test]
fn copies_match_the_portable_model() {
    let from = counting(3);
    for len in lengths() {
        for (to_offset, from_offset) in OFFSETS {
            let (mut ours, mut model) = (counting(200), counting(200));
            let src = from[GUARD + from_offset..].as_ptr();
            let to = GUARD + to_offset;
            // SAFETY: the longest copy at the largest offset ends before `ROOM`.
            unsafe { imp::copy(ours[to..].as_mut_ptr(), src, len) };
            // SAFETY: as above.
            unsafe { portable::copy(model[to..].as_mut_ptr(), src, len) };
            assert_eq!(ours, model, "{len} bytes, offsets {to_offset} and {from_offset}");
            assert_eq!(model[to..to + len], from[GUARD + from_offset..][..len]);
        }
    }
}

#[test]
fn fills_match_the_portable_model() {
    for len in lengths() {
        for (offset, _) in OFFSETS {
            let (mut ours, mut model) = (counting(9), counting(9));
            let to = GUARD + offset;
            // SAFETY: the longest fill at the largest offset ends before `ROOM`.
            unsafe { imp::fill(ours[to..].as_mut_ptr(), 0xa5, len) };
            // SAFETY: as above.
            unsafe { portable::fill(model[to..].as_mut_ptr(), 0xa5, len) };
            assert_eq!(ours, model, "{len} bytes at {offset}");
        }
    }
}

/// Copies for which string instructions are slow and must not be used: the destination's page
/// offset is slightly larger than the source's.
#[test]
fn page_aliased_copies_match_the_portable_model() {
    for apart in [0, 1, 8, 31, 32, 4095] {
        let mut memory = [0_u8; 4 * 4096];
        memory[..4096].copy_from_slice(&counting(5)[..4096]);
        let src = memory.as_mut_ptr();
        // SAFETY: `apart` is less than a page, so the destination is inside `memory` and after the
        // source.
        unsafe { imp::copy(src.wrapping_add(2 * 4096 + apart), src, 4096) };
        assert_eq!(memory[2 * 4096 + apart..][..4096], counting(5)[..4096]);
        assert!(memory[4096..2 * 4096 + apart].iter().all(|byte| *byte == 0));
        assert!(memory[3 * 4096 + apart..].iter().all(|byte| *byte == 0));
    }
}

#[test]
fn words_match_the_portable_model() {
    macro_rules! word {
        ($($word:ident $atomic:ident),+) => {$(
            for value in [0, 1, 0x5a, $word::MAX / 3, $word::MAX - 1, $word::MAX] {
                let mut places: [$word; 3] = [0x11, 0x22, 0x33];
                // SAFETY: the pointer is to the middle element.
                unsafe { <$word as Word>::store(&raw mut places[1], value) };
                assert_eq!(places, [0x11, value, 0x33]);
                // SAFETY: the pointer is to the middle element.
                assert_eq!(unsafe { $atomic::from_ptr(&raw mut places[1]) }.load(Relaxed), value);
                // SAFETY: the pointer is to the last element.
                unsafe { $atomic::from_ptr(&raw mut places[2]) }.store(value, Relaxed);
                // SAFETY: the pointer is to the last element.
                assert_eq!(unsafe { <$word as Word>::load(&raw const places[2]) }, value);
            }
        )+};
    }
    word!(u8 AtomicU8, u16 AtomicU16, u32 AtomicU32);
    #[cfg(target_pointer_width = "64")]
    word!(u64 AtomicU64);
}
