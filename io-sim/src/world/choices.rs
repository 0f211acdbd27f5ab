//! The decisions of the adversary, as a sequence of numbers.

use alloc::vec::Vec;
use core::fmt;

use crate::random::next;

/// One decision: the alternative that was taken, and the number of alternatives.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    taken: usize,
    /// 0 if it is not known.
    of: usize,
}

/// The source of decisions.
pub(super) enum Choices {
    /// The given ones, then always the first alternative; all are recorded.
    Path { given: Vec<Choice>, taken: Vec<Choice> },
    /// A generator and its initial seed.
    Seed { seed: u64, state: u64 },
}

impl Choices {
    pub(super) fn path(given: Vec<Choice>) -> Self {
        Choices::Path { given, taken: Vec::new() }
    }

    pub(super) fn replay(taken: &[usize]) -> Self {
        Self::path(taken.iter().map(|&taken| Choice { taken, of: 0 }).collect())
    }

    pub(super) fn seeded(seed: u64) -> Self {
        Choices::Seed { seed, state: seed }
    }

    /// Chooses one of `of` alternatives. A single alternative is not recorded as a decision.
    ///
    /// # Panics
    ///
    /// * The number of alternatives in a repeated run differs from that in the first run.
    pub(super) fn choose(&mut self, of: usize) -> usize {
        if of <= 1 {
            return 0;
        }
        match self {
            Choices::Path { given, taken } => {
                let at = taken.len();
                let choice = given.get(at).copied().unwrap_or(Choice { taken: 0, of });
                assert!(
                    (choice.of == 0 || choice.of == of) && choice.taken < of,
                    "decision {at} was alternative {} of {}, but now has {of} alternatives: driver \
                     and model must be deterministic, apart from this world",
                    choice.taken,
                    choice.of,
                );
                taken.push(Choice { taken: choice.taken, of });
                choice.taken
            }
            Choices::Seed { state, .. } => (next(state) % of as u64) as usize,
        }
    }

    /// Returns pseudorandom bits, the same in each repetition.
    pub(super) fn noise(&mut self) -> u64 {
        match self {
            Choices::Path { taken, .. } => next(&mut (taken.len() as u64)),
            Choices::Seed { state, .. } => next(state),
        }
    }

    /// Returns the next path of a depth-first search; `None` after the last one.
    pub(super) fn advanced(&self) -> Option<Vec<Choice>> {
        let Choices::Path { taken, .. } = self else {
            return None;
        };
        let last = taken.iter().rposition(|choice| choice.taken + 1 < choice.of)?;
        let mut path = taken[..=last].to_vec();
        path[last].taken += 1;
        Some(path)
    }
}

/// Prints the expression that repeats the run.
impl fmt::Display for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Choices::Seed { seed, .. } => write!(f, "World::seeded({seed})"),
            Choices::Path { taken, .. } => {
                // A replay takes the first alternative at all decisions after the given ones.
                let end = taken.iter().rposition(|choice| choice.taken != 0).map_or(0, |at| at + 1);
                f.write_str("World::replay(&[")?;
                for (i, choice) in taken[..end].iter().enumerate() {
                    write!(f, "{}{}", if i == 0 { "" } else { ", " }, choice.taken)?;
                }
                f.write_str("])")
            }
        }
    }
}
