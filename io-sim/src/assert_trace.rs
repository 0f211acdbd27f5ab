//! Comparison of a trace with the lines that a test expects.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt::{self, Write};

use crate::diff::{Row, diff};

/// Asserts that a [`Recorder`](crate::Recorder), or its [trace of one
/// instance](crate::Recorder::only), has the expected lines.
///
/// `assert_trace!(recorder, "…")`. Indentation and empty lines are ignored, so the text may be
/// indented like the surrounding code. On failure it panics and prints all lines: `-` marks a
/// missing line, `+` an unexpected one.
///
/// ```
/// use io_core::{prelude::*};
/// use io_sim::{Recorder, assert_trace};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Edu { id: Ro<Le<u32>>, liveness: Le<u32> }
///
/// # let mut memory = Edu { id: Ro::new(0x0100_00ed), liveness: 0.into() };
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

/// Implementation of [`assert_trace!`](super::assert_trace).
///
/// # Panics
///
/// * The lines differ. The message shows both.
#[doc(hidden)]
#[track_caller]
pub fn assert_trace_of(recorded: &dyn fmt::Display, expected: &(impl AsRef<str> + ?Sized)) {
    let recorded = recorded.to_string();
    if let Some(difference) = compare(expected.as_ref(), &recorded) {
        panic!("the trace differs from the expected one (- missing, + unexpected):{difference}");
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// Returns the marked lines if there is a difference.
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
        // Writing to a string cannot fail.
        let _ = write!(text, "\n{mark} {line}");
    }
    Some(text)
}
