//! Rows: an out-of-bounds `[panic: …]` panics with the same message and location as for a slice.
//!
//! | row | test |
//! |---|---|
//! | `[panic: IDX]`, standard panic | `an_index_panics_with_the_message_of_a_slice` |
//! | `[panic: RANGE]`, standard panic | `a_range_panics_with_the_message_of_a_slice` |

use io_core::prelude::*;

use super::regs;
use crate::support::{
    logger::log,
    panics::{assert_panics, message_of},
};

/// A real slice of the same length, which the compiler cannot determine.
fn slice() -> &'static [u8] {
    core::hint::black_box(&[0; 8])
}

#[test]
fn an_index_panics_with_the_message_of_a_slice() {
    let dev = regs();
    for i in [8, 9, 1000, usize::MAX] {
        let expected = message_of(|| slice()[i]);
        assert!(expected.contains("the len is 8"), "{expected}");
        assert_eq!(message_of(|| io_read!(&dev, .bytes[panic: i])), expected);
        assert_eq!(message_of(|| io_write!(&dev, .bytes[panic: i], 1)), expected);
        assert_eq!(message_of(|| io_project!(&dev, .bytes[panic: i])), expected);
        assert_eq!(message_of(|| io_update!(&dev, .bytes[panic: i], |v| v)), expected);
        let view = io_project!(&dev, .bytes).as_slice();
        assert_eq!(message_of(|| io_read!(view, [panic: i])), expected);
    }
    assert_eq!(log(&dev), []);
}

macro_rules! assert_panics_like_a_slice {
    ($dev:ident: $($range:expr),+ $(,)?) => {$(
        let expected = message_of(|| slice()[$range].len());
        assert!(!expected.is_empty());
        assert_eq!(message_of(|| io_project!(&$dev, .bytes[panic: $range])), expected);
        let view = io_project!(&$dev, .bytes).as_slice();
        assert_eq!(message_of(|| io_project!(view, [panic: $range])), expected);
    )+};
}

#[test]
#[expect(clippy::reversed_empty_ranges, reason = "the reversed range must panic")]
fn a_range_panics_with_the_message_of_a_slice() {
    let dev = regs();
    let max = core::hint::black_box(usize::MAX);
    assert_panics_like_a_slice! { dev:
        7..9, 9..9, 5..4, 9..8, 0..max,
        7..=8, 8..=8, 5..=3, 0..=max, max..=max,
        9.., max..,
        ..9, ..max,
        ..=8, ..=max,
    };
    assert_eq!(log(&dev), []);
}

#[test]
fn the_panic_location_is_the_call() {
    let dev = regs();
    let (i, part) = (8, 3..9);
    assert_panics!(message_of(|| slice()[i]), io_read!(&dev, .bytes[panic: i]));
    assert_panics!(message_of(|| slice()[i]), io_write!(&dev, .bytes[panic: i], 0));
    assert_panics!(
        message_of(|| slice()[part.clone()].len()),
        io_project!(&dev, .bytes[panic: part.clone()])
    );
}
