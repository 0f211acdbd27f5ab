//! Differences between expected and actual results.

use core::{error, fmt};

/// The first difference that a check found.
#[derive(Debug)]
pub struct Difference {
    /// The operation.
    what: &'static str,
    /// The length of the access in bytes.
    len: usize,
    /// The number of bytes before the fault.
    first: usize,
    expected: String,
    found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, len, first, expected, found } = self;
        write!(f, "{what}, byte {first} of {len} faults: expected {expected}, found {found}")
    }
}

impl error::Error for Difference {}

/// An access of `len` bytes that faults at byte `first`, or not at all if the two are equal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    pub(crate) what: &'static str,
    pub(crate) len: usize,
    pub(crate) first: usize,
}

impl Case {
    /// Returns the number of faults of a successful case.
    pub(crate) fn faults(self) -> usize {
        usize::from(self.first < self.len)
    }

    pub(crate) fn same<T: fmt::Debug + PartialEq>(
        self,
        found: T,
        expected: T,
    ) -> Result<(), Difference> {
        if found == expected {
            return Ok(());
        }
        let Self { what, len, first } = self;
        let (expected, found) = (format!("{expected:02x?}"), format!("{found:02x?}"));
        Err(Difference { what, len, first, expected, found })
    }

    /// Like [`same`](Self::same), for bytes; reports only the first that differs.
    pub(crate) fn same_bytes(self, found: &[u8], expected: &[u8]) -> Result<(), Difference> {
        if found == expected {
            return Ok(());
        }
        self.same(found.len(), expected.len())?;
        let mut pairs = found.iter().zip(expected).enumerate();
        let (place, (found, expected)) =
            pairs.find(|(_, (found, expected))| found != expected).unwrap_or((0, (&0, &0)));
        self.same(("byte", place, *found), ("byte", place, *expected))
    }
}
