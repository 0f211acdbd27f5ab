//! Bits without a planned value: random, and the same in every run of the test.

use io_core::prelude::*;
use io_sim::{Diagnosis, Expect, field};

use crate::Dma;

#[test]
fn unplanned_bits_are_random() {
    let mut dma = Expect::<Dma>::new();
    dma.read_bits(field!(.stat), 0xf0, 0x30);
    let run = || {
        let mut seen = vec![];
        dma.verify(|dev| seen.push(io_read!(dev, .stat)));
        seen
    };
    let seen = run();
    assert_eq!(seen.len(), 8);
    assert!(seen.iter().all(|value| value & 0xf0 == 0x30));
    // Each bit is zero and one in each pair of runs.
    assert!(seen.chunks(2).all(|pair| pair[0] ^ pair[1] == !0xf0));
    assert!(seen.iter().all(|value| seen.iter().filter(|other| *other == value).count() == 1));
    assert_eq!(seen, run());
}

#[test]
fn consecutive_seeds_are_consecutive_runs() {
    let answers = |seed| {
        let (mut dma, mut seen) = (Expect::<Dma>::seeded(seed), vec![]);
        dma.read_bits(field!(.wide), 0, 0);
        dma.verify(|dev| seen.push(io_read!(dev, .wide)));
        seen
    };
    assert_eq!(answers(0)[3..], answers(3)[..5]);
    assert_eq!(answers(u64::MAX)[1..], answers(0)[..7]);
}

/// The driver sets a bit in a register with several fields, and is correct if the others are zero.
#[test]
fn a_driver_that_assumes_zero_bits_is_detected() {
    let mut dma = Expect::<Dma>::new();
    dma.modify(field!(.ctrl), 0x3, 0x2);
    dma.verify(|dev| io_update!(dev, .ctrl, |ctrl| ctrl & !3 | 2));
    let mismatch = dma.check(|dev| io_update!(dev, .ctrl, |ctrl| ctrl | 2)).unwrap_err();
    assert_eq!(mismatch.diagnosis(), Diagnosis::WrongValue);
}

/// The driver is correct in one of two runs; the message contains the seed that repeats the other
/// one.
#[test]
fn the_message_contains_the_failing_seed() {
    let failing_seed = |seed: u64| {
        let mut dma = Expect::<Dma>::seeded(seed);
        dma.modify(field!(.ctrl), 0x3, 0x2);
        let sets_the_top = |ctrl: u32| (ctrl | 0x8000_0000) & !3 | 2;
        let mismatch = dma.check(|dev| io_update!(dev, .ctrl, sets_the_top)).unwrap_err();
        assert_eq!(mismatch.diagnosis(), Diagnosis::LostBits { bits: 0x8000_0000 });
        let failed = mismatch.seed().unwrap();
        let named = format!("\n(to reproduce the random bits: Expect::seeded({failed}))\n");
        assert!(mismatch.to_string().contains(&named), "{mismatch}");
        failed
    };
    let failing: Vec<u64> = (0..8).map(|pair| failing_seed(2 * pair)).collect();
    assert!(failing.iter().zip(0..).all(|(seed, pair)| seed / 2 == pair), "{failing:?}");
    assert!(failing.iter().any(|seed| seed % 2 == 0), "{failing:?}");
    assert!(failing.iter().any(|seed| seed % 2 == 1), "{failing:?}");
    assert!(failing.iter().all(|seed| failing_seed(*seed) == *seed));
}

#[test]
fn lost_bits_are_detected_in_each_half() {
    let mut dma = Expect::<Dma>::new();
    dma.modify(field!(.chan[0].addr), 0xff_0000_0000, 0x12_0000_0000);
    let set = |addr: u64| addr & !0xff_0000_0000 | 0x12_0000_0000;
    dma.verify(|dev| io_update!(dev, .chan[0].addr, set));
    let loses = |addr: u64| set(addr) & 0xffff_ffff;
    let mismatch = dma.check(|dev| io_update!(dev, .chan[0].addr, loses)).unwrap_err();
    assert!(matches!(mismatch.diagnosis(), Diagnosis::LostBits { bits } if bits & 0xff == 0));
    assert!(mismatch.to_string().starts_with("Dma: chan[0].addr.hi: bits 0x"), "{mismatch}");
}

#[test]
fn bits_outside_the_type_need_not_be_preserved() {
    let mut dma = Expect::<Dma>::new();
    dma.modify(field!(.limit), 0xff, 0x12);
    dma.verify(|dev| io_update!(dev, .limit, |limit| limit & 0xff00 | 0x12));
    let loses = dma.check(|dev| io_update!(dev, .limit, |_| 0x12)).unwrap_err();
    assert!(
        matches!(loses.diagnosis(), Diagnosis::LostBits { bits } if bits & !0xff00 == 0),
        "{loses}"
    );
}
