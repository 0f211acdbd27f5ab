//! The report of a failed expectation.

use alloc::{
    boxed::Box,
    string::{String, ToString},
    vec::Vec,
};
use core::{error, fmt};

use super::{
    diagnosis::{Diagnosis, Difference},
    explain::Accesses,
    operation::Operation,
    step::Step,
    table,
};

/// One run of a driver: the planned steps and the performed operations.
#[derive(Debug)]
pub(super) struct Run {
    /// The name of the block.
    pub(super) block: &'static str,
    pub(super) steps: Vec<Step>,
    pub(super) happened: Vec<Operation>,
    /// The seed of the random bits, if there were any.
    pub(super) seed: Option<u64>,
}

/// A difference between the expected and the actual operations of a driver.
///
/// Prints as one sentence about the first difference, followed by both sequences side by side with
/// that difference marked.
#[derive(Clone, PartialEq, Eq)]
pub struct Mismatch(Box<Details>);

#[derive(Clone, PartialEq, Eq)]
struct Details {
    block: &'static str,
    diagnosis: Diagnosis,
    expected: Option<Operation>,
    happened: Option<Operation>,
    seed: Option<u64>,
    sentence: String,
    table: String,
}

impl Mismatch {
    /// Creates the report for step `at`, the first that was not performed.
    pub(super) fn new(run: &Run, at: usize) -> Self {
        let difference = Difference::new(&run.steps, &run.happened, at);
        Mismatch(Box::new(Details {
            block: run.block,
            diagnosis: difference.diagnosis(),
            expected: run.steps.get(at).map(|step| step.operation),
            happened: run.happened.get(at).copied(),
            seed: run.seed,
            sentence: difference.to_string(),
            table: table::side_by_side(run, at),
        }))
    }

    /// Adds the bits that were lost in the run with the inverted bits. If a driver writes bits as
    /// zero, only those that were one are lost in a single run.
    pub(super) fn with_bits_of(mut self, inverse: &Mismatch) -> Self {
        if let (
            Diagnosis::LostBits { bits },
            Diagnosis::LostBits { bits: more },
            Some(Operation::Access(due)),
            Some(Operation::Access(access)),
            Some(Operation::Access(its)),
        ) = (
            self.0.diagnosis,
            inverse.0.diagnosis,
            self.0.expected,
            self.0.happened,
            inverse.0.expected,
        ) && due.is_like(&its)
        {
            let diagnosis = Diagnosis::LostBits { bits: bits | more };
            self.0.diagnosis = diagnosis;
            self.0.sentence = Accesses { diagnosis, due: &due, access: &access }.to_string();
        }
        self
    }

    /// Returns the kind of the first difference.
    #[inline]
    pub fn diagnosis(&self) -> Diagnosis {
        self.0.diagnosis
    }

    /// Returns the first expected operation that was not performed; `None` if the driver had
    /// performed all of them.
    #[inline]
    pub fn expected(&self) -> Option<Operation> {
        self.0.expected
    }

    /// Returns the operation that was performed instead; `None` if the driver had returned.
    #[inline]
    pub fn happened(&self) -> Option<Operation> {
        self.0.happened
    }

    /// Returns the seed that reproduces the random bits, if there were any.
    #[inline]
    pub fn seed(&self) -> Option<u64> {
        self.0.seed
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.0.block, self.0.sentence)?;
        if let Some(seed) = self.0.seed {
            writeln!(f, "(to reproduce the random bits: Expect::seeded({seed}))")?;
        }
        f.write_str(&self.0.table)
    }
}

/// Prints the report, so that `unwrap` shows it.
impl fmt::Debug for Mismatch {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl error::Error for Mismatch {}
