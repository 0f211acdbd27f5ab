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

/// One run of a driver: what was asked of it, and what it did.
#[derive(Debug)]
pub(super) struct Run {
    /// The name of the block.
    pub(super) block: &'static str,
    pub(super) steps: Vec<Step>,
    pub(super) happened: Vec<Operation>,
    /// Where the random bits came from, if there were any.
    pub(super) seed: Option<u64>,
}

/// A driver did something else than was expected.
///
/// Prints as one sentence about the first difference, and both sequences side
/// by side with that difference marked.
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
    /// About step `at`, the first that was not done.
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

    /// Takes in the bits that were lost in the run with the inverse bits: of
    /// those that a driver writes as zero only those that were one are lost.
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

    /// What is wrong.
    #[inline]
    pub fn diagnosis(&self) -> Diagnosis {
        self.0.diagnosis
    }

    /// What was expected first of all that did not happen; `None` if the driver
    /// had done everything.
    #[inline]
    pub fn expected(&self) -> Option<Operation> {
        self.0.expected
    }

    /// What happened in its place; `None` if the driver had ended.
    #[inline]
    pub fn happened(&self) -> Option<Operation> {
        self.0.happened
    }

    /// What gives the same random bits again, if there were any.
    #[inline]
    pub fn seed(&self) -> Option<u64> {
        self.0.seed
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.0.block, self.0.sentence)?;
        if let Some(seed) = self.0.seed {
            writeln!(f, "(the same random bits again: Expect::seeded({seed}))")?;
        }
        f.write_str(&self.0.table)
    }
}

/// The report, so that `unwrap` shows it.
impl fmt::Debug for Mismatch {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl error::Error for Mismatch {}
