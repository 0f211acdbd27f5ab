//! Suites: commands, their dependencies, and the required output.

use core::fmt;

use xtask_process::Call;

use crate::setup::Need;
use crate::tree::Allowed;

/// Commands that pass or fail together.
#[derive(Debug)]
pub(crate) struct Suite {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// A one-line description of its purpose.
    pub(crate) about: &'static str,
    /// The command that runs it: `cargo xtask test`, or the same with `--deep`.
    pub(crate) speed: Speed,
    /// The approximate duration in minutes; the longest suites start first.
    pub(crate) minutes: u32,
    /// The tools that it needs.
    pub(crate) needs: &'static [Need],
    /// The commands in order; each runs even if a preceding one failed.
    pub(crate) steps: Vec<Step>,
}

/// The test command that runs a suite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speed {
    /// `cargo xtask test`: at most 12 minutes in all.
    Quick,
    /// `cargo xtask test --deep`: at most 45 minutes in all.
    Deep,
}

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Speed::Quick => "quick",
            Speed::Deep => "deep",
        })
    }
}

/// A command and its requirements.
#[derive(Debug)]
pub(crate) struct Step {
    /// The command.
    pub(crate) call: Call,
    /// Requirements beyond exit status 0.
    pub(crate) expect: Expect,
}

/// Requirements on a command beyond exit status 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expect {
    /// No further requirements.
    Success,
    /// Tests ran, and no test was ignored.
    Tests,
    /// Tests ran; blocks marked `ignore` do not count.
    Doctests,
    /// Tests ran this many times in parallel, so that lines of their outputs are interleaved.
    Repeated(usize),
    /// The output contains a report, equal to the reports of the other steps.
    Report,
    /// The output is a dependency tree that contains only these crates.
    Tree(&'static Allowed),
}

impl Suite {
    /// Returns whether its tests are counted; otherwise the suite counts as one check.
    pub(crate) fn is_counted(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.expect, Expect::Tests | Expect::Doctests))
    }
}
