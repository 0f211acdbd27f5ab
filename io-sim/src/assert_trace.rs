//! Comparing a record with the lines that a test expects.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt::{self, Write};

use crate::diff::{Row, diff};

/// Asserts that a [`Recorder`](crate::Recorder), or
/// [what it has of one device](crate::Recorder::only), reads as stated.
///
/// `assert_trace!(recorder, "…")`. Indentation and empty lines do not count, so
/// the text may be written as deep as the code is. On failure it panics with
/// all lines: `-` marks one that is missing, `+` one that should not be there.
///
/// ```
/// use io_core::{prelude::*};
/// use io_sim::{Recorder, assert_trace};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Edu { id: Ro<Le<u32>>, liveness: Le<u32> }
///
/// # let mut memory = Edu { id: Le::<u32>::from_ne(0x0100_00ed).into(), liveness: 0.into() };
/// # let edu = SysMem::from_mut(&mut memory);
/// let recorder = Recorder::new();
/// let edu = recorder.record("edu", edu);
/// io_read!(edu, .id);
/// io_write!(edu, .liveness, 0x1234_5678);
///
/// assert_trace!(recorder, "
///     RD edu.id 32 -> 0x010000ed
///     WR edu.liveness 32 <- 0x12345678
/// ");
/// ```
#[macro_export]
macro_rules! assert_trace {
    ($recorder:expr, $expected:expr $(,)?) => {
        $crate::assert_trace_of(&$recorder, &$expected)
    };
}

/// What [`assert_trace!`](super::assert_trace) calls.
///
/// # Panics
///
/// If the lines differ.
#[doc(hidden)]
#[track_caller]
pub fn assert_trace_of(recorded: &dyn fmt::Display, expected: &(impl AsRef<str> + ?Sized)) {
    let recorded = recorded.to_string();
    if let Some(difference) = compare(expected.as_ref(), &recorded) {
        panic!("the trace is not the expected one (- missing, + not expected):{difference}");
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// The marked lines, if there is a difference.
fn compare(expected: &str, recorded: &str) -> Option<String> {
    let (expected, recorded) = (lines(expected), lines(recorded));
    if expected == recorded {
        return None;
    }
    let mut text = String::new();
    for row in diff(expected.len(), recorded.len(), |i, j| expected[i] == recorded[j]) {
        let (mark, line) = match row {
            Row::Same(i, _) => (' ', expected[i]),
            Row::Left(i) => ('-', expected[i]),
            Row::Right(j) => ('+', recorded[j]),
        };
        // Writing to a string does not fail.
        let _ = write!(text, "\n{mark} {line}");
    }
    Some(text)
}
