//! Rows: a part under each policy, with each of the six range forms.
//!
//! | row | test |
//! |---|---|
//! | `[build: …]` of all six forms (not in the kernel) | `build_ranges_have_all_six_forms` |
//! | `[try: …]`, the same | `try_ranges_have_all_six_forms` |
//! | literal ends, `as_array::<M>()` | `ranges_of_known_length_are_arrays` |
//! | of a slice | `try_ranges_of_a_slice_have_all_six_forms` |
//! | `[try: …]` out of bounds | `out_of_bounds_ranges_are_reported_with_their_bounds` |
//! | `[panic: …]`, the same | `panic_ranges_have_all_six_forms` |
//! | of a slice | `panic_ranges_of_a_slice_have_all_six_forms` |

use core::ops::Range;

use io_core::{Error, OutOfBound, prelude::*};
use io_sim::SimView;

use super::{BYTES, regs};
use crate::support::logger::{
    Access,
    Access::{R, W},
    Bench, fresh, log,
};

/// Under Miri, which takes a second for the elements of ten parts, only the first and the last
/// element are accessed: a wrong start and a wrong end of a part are still noticed.
const STEP: usize = if cfg!(miri) { usize::MAX } else { 1 };

/// The elements of a part of this length that are accessed, in ascending order.
fn indices(len: usize) -> impl Iterator<Item = usize> + Clone {
    (0..len.saturating_sub(1)).step_by(STEP).chain(len.checked_sub(1))
}

/// Reads the elements of a part, then writes them.
fn touch(part: SimView<'_, [u8]>) {
    let bytes = indices(part.len()).map(|i| part.get(i).unwrap());
    bytes.clone().for_each(|byte| _ = byte.read_val());
    bytes.for_each(|byte| byte.write_val(0xee));
}

/// The accesses of [`touch`] to these bytes of `bytes`: the reads, then the writes.
fn touched(range: Range<usize>) -> Vec<Access> {
    let places = || indices(range.len()).map(|i| BYTES + range.start + i);
    places().map(|at| fresh(at, 8)).chain(places().map(|at| W(at, 8, 0xee))).collect()
}

#[track_caller]
fn check(expected: Range<usize>, project: impl FnOnce(&Bench<super::Regs>) -> SimView<'_, [u8]>) {
    let dev = regs();
    let part = project(&dev);
    assert_eq!(log(&dev), []);
    assert_eq!((part.len(), part.size()), (expected.len(), expected.len()));
    touch(part);
    assert_eq!(log(&dev), touched(expected));
}

/// `checks!(|dev, range| projection)`: each range form, with the range that it denotes.
macro_rules! checks {
    ($policy:tt, $($slice:tt)?) => {
        checks!($policy, $($slice)?;
            2..5 => 2..5, 0..8 => 0..8, 3..3 => 3..3, 8..8 => 8..8,
            2..=5 => 2..6, 7..=7 => 7..8, 0..=7 => 0..8,
            6.. => 6..8, 0.. => 0..8, 8.. => 8..8,
            ..3 => 0..3, ..0 => 0..0, ..8 => 0..8,
            ..=3 => 0..4, ..=7 => 0..8,
            .. => 0..8,
        );
    };
    (build,; $($range:expr => $expected:expr,)+) => {$(
        check($expected, |dev| io_project!(dev, .bytes[build: $range]).as_slice());
    )+};
    (try,; $($range:expr => $expected:expr,)+) => {$({
        fn part(dev: &Bench<super::Regs>) -> Result<SimView<'_, [u8]>, OutOfBound> {
            Ok(io_project!(dev, .bytes[try: $range]))
        }
        check($expected, |dev| part(dev).unwrap());
    })+};
    (try, slice; $($range:expr => $expected:expr,)+) => {$({
        fn part(slice: SimView<'_, [u8]>) -> Result<SimView<'_, [u8]>, OutOfBound> {
            Ok(io_project!(slice, [try: $range]))
        }
        check($expected, |dev| part(io_project!(dev, .bytes).as_slice()).unwrap());
    })+};
    (panic,; $($range:expr => $expected:expr,)+) => {$(
        check($expected, |dev| io_project!(dev, .bytes[panic: $range]));
    )+};
    (panic, slice; $($range:expr => $expected:expr,)+) => {$(
        check($expected, |dev| {
            let slice = io_project!(dev, .bytes).as_slice();
            io_project!(slice, [panic: $range])
        });
    )+};
}

#[test]
fn build_ranges_have_all_six_forms() {
    checks!(build,);
}

#[test]
fn ranges_of_known_length_are_arrays() {
    const START: usize = 3;
    const LEN: usize = 4;
    /// An index that depends on a parameter, as in a generic driver.
    fn generic<const A: usize, const B: usize>(dev: &Bench<super::Regs>) -> SimView<'_, [u8; 2]> {
        io_project!(dev, .bytes[build: A..B].as_array::<2>())
    }
    let dev = regs();
    let arrays = [
        (io_project!(&dev, .bytes[build: 2..6]), 2),
        (io_project!(&dev, .bytes[build: 2..=5]), 2),
        (io_project!(&dev, .bytes[build: ..4]), 0),
        (io_project!(&dev, .bytes[build: ..=3]), 0),
        (io_project!(&dev, .bytes[build: 1..5_usize]), 1),
        (io_project!(&dev, .bytes[build: START..START + 4].as_array::<4>()), START),
        (io_project!(&dev, .bytes[build: START..START + 4].as_array::<LEN>()), START),
        (io_project!(&dev, .bytes[build: 4..].as_array::<{ LEN }>()), 4),
    ];
    for (array, start) in arrays {
        let array: SimView<'_, [u8; 4]> = array;
        io_write!(array, [3], 1);
        assert_eq!(log(&dev), [W(BYTES + start + 3, 8, 1)]);
    }
    // Further steps, and operations of arrays.
    let part = io_project!(&dev, .bytes[build: 2..6][build: 1..3][1]);
    part.write_val(1);
    assert_eq!(log(&dev), [W(BYTES + 4, 8, 1)]);
    let _: [u8; 2] = generic::<6, 8>(&dev).copy_read();
    assert_eq!(log(&dev), [R(BYTES + 6, 8, 1), R(BYTES + 7, 8, 1)]);
    let _: SimView<'_, [u8; 0]> = io_project!(&dev, .bytes[build: 8..8]);
}

#[test]
fn a_slice_is_an_array_if_the_number_of_elements_is_equal() {
    let dev = regs();
    let slice = |len: usize| io_project!(&dev, .bytes[panic: 8 - len..]);
    assert!(slice(3).as_array::<4>().is_none() && slice(5).as_array::<4>().is_none());
    let array: SimView<'_, [u8; 4]> = slice(4).as_array::<4>().unwrap();
    io_write!(array, [0], 1);
    assert_eq!(log(&dev), [W(BYTES + 4, 8, 1)]);
    let empty: SimView<'_, [u8; 0]> = slice(0).as_array().unwrap();
    assert!(empty.is_empty());
}

#[test]
fn try_ranges_have_all_six_forms() {
    checks!(try,);
}

#[test]
fn try_ranges_of_a_slice_have_all_six_forms() {
    checks!(try, slice);
}

#[test]
fn panic_ranges_have_all_six_forms() {
    checks!(panic,);
}

#[test]
fn panic_ranges_of_a_slice_have_all_six_forms() {
    checks!(panic, slice);
}

#[test]
fn runtime_ranges_cover_every_start_and_end() {
    let step = if cfg!(miri) { 4 } else { 1 };
    for start in (0..=8).step_by(step) {
        for end in (start..=8).step_by(step) {
            check(start..end, |dev| io_project!(dev, .bytes[panic: start..end]));
            check(start..8, |dev| io_project!(dev, .bytes[panic: start..]));
            check(0..end, |dev| io_project!(dev, .bytes[panic: ..end]));
        }
    }
}

#[test]
fn build_ranges_may_be_constants() {
    const FIRST: usize = 2;
    const PART: Range<usize> = FIRST..FIRST + 3;
    check(2..5, |dev| io_project!(dev, .bytes[build: PART]));
    check(2..8, |dev| io_project!(dev, .bytes[build: FIRST..]));
    check(0..3, |dev| io_project!(dev, .bytes[build: ..=FIRST]));
}

macro_rules! bad {
    ($($range:expr => $start:expr, $end:expr, $text:expr;)+) => {$({
        let dev = regs();
        let expected = OutOfBound { start: $start, end: $end, len: 8 };
        let project = || -> Result<(), Error> {
            io_project!(&dev, .bytes[try: $range]);
            Ok(())
        };
        let error = project().unwrap_err();
        assert_eq!(error, Error::Index(expected));
        assert_eq!(error.to_string(), $text);
        assert_eq!(expected.to_string(), $text);
        let slice = io_project!(&dev, .bytes).as_slice();
        assert_eq!(slice.try_get($range).unwrap_err(), expected);
        assert!(slice.get($range).is_none());
        assert_eq!(log(&dev), []);
    })+};
}

#[test]
#[expect(clippy::reversed_empty_ranges, reason = "one of the rejected ranges")]
fn out_of_bounds_ranges_are_reported_with_their_bounds() {
    const MAX: usize = usize::MAX;
    bad! {
        7..9 => 7, 9, "range end index 9 out of range for slice of length 8";
        9..9 => 9, 9, "range start index 9 out of range for slice of length 8";
        5..4 => 5, 4, "slice index starts at 5 but ends at 4";
        0..MAX => 0, MAX, format!("range end index {MAX} out of range for slice of length 8");
        7..=8 => 7, 9, "range end index 9 out of range for slice of length 8";
        5..=3 => 5, 4, "slice index starts at 5 but ends at 4";
        0..=MAX => 0, MAX, format!("range end index {MAX} out of range for slice of length 8");
        9.. => 9, 8, "range start index 9 out of range for slice of length 8";
        ..9 => 0, 9, "range end index 9 out of range for slice of length 8";
        ..=8 => 0, 9, "range end index 9 out of range for slice of length 8";
        ..=MAX => 0, MAX, format!("range end index {MAX} out of range for slice of length 8");
    }
}

/// A range that was iterated to its end is empty, as it is for a slice.
#[test]
fn exhausted_ranges_are_empty() {
    let dev = regs();
    for (start, end) in [(2, 5), (7, 7), (0, 0)] {
        let mut range = start..=end;
        range.by_ref().for_each(drop);
        assert_eq!([0; 8][range.clone()].len(), 0);
        assert_eq!(io_project!(&dev, .bytes[panic: range.clone()]).len(), 0);
        assert_eq!(io_project!(&dev, .bytes).get(range).map(|part| part.len()), Some(0));
    }
}

/// Parts of arrays of structs: offsets are multiples of the element's size.
#[test]
fn ranges_of_structs_use_the_stride() {
    let dev = regs();
    let middle = io_project!(&dev, .chan[build: 1..3]);
    assert_eq!((middle.len(), middle.size()), (2, 0x20));
    for chan in middle.iter() {
        io_write!(chan, .data[3], 7);
    }
    let row = io_project!(&dev, .grid[panic: 1..]);
    io_write!(row, [panic: 0][2], 8);
    assert_eq!(log(&dev), [W(0x2e, 16, 7), W(0x3e, 16, 7), W(0x6c, 16, 8)]);
}
