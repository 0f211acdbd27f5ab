//! The diagnosis of the first difference between planned steps and operations.

use super::{
    operation::{AccessEvent, Operation},
    step::{Note, Step},
};

/// What is wrong at the first difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Diagnosis {
    /// A read-modify-write did not bring back bits that it had read.
    LostBits {
        /// The bits that were changed, in this run or in the one with the inverse
        /// random bits.
        bits: u64,
    },
    /// The right register was written with a wrong number.
    WrongValue,
    /// The right register was accessed with a wrong width.
    WrongWidth,
    /// The halves of a 64-bit value were accessed in the wrong order.
    WrongHalf,
    /// Something was done before its turn.
    WrongOrder,
    /// A register was read that was to be written, or the other way round.
    WrongDirection,
    /// Another register was accessed.
    WrongField,
    /// Something was left out.
    Missing,
    /// A barrier was left out, or came too late.
    MissingBarrier,
    /// Something was done that was not expected at all.
    Extra,
    /// A barrier of another kind was made.
    WrongBarrier,
}

/// The first difference, and what it takes to explain it.
pub(super) struct Difference<'a> {
    pub(super) expected: Option<&'a Step>,
    pub(super) happened: Option<&'a Operation>,
    /// How many steps were left when the driver ended or differed.
    pub(super) left: usize,
    /// In how many steps what happened is due.
    due_in: Option<usize>,
    /// Whether what was expected comes later.
    pub(super) comes_later: bool,
}

impl<'a> Difference<'a> {
    /// At step `at`.
    pub(super) fn new(steps: &'a [Step], operations: &'a [Operation], at: usize) -> Self {
        let (expected, happened) = (steps.get(at), operations.get(at));
        let later =
            |step: &Step| operations.iter().skip(at + 1).any(|operation| step.accepts(operation));
        let due_in =
            |operation: &Operation| steps.iter().skip(at).position(|step| step.accepts(operation));
        Difference {
            expected,
            happened,
            left: steps.len() - at,
            due_in: happened.and_then(due_in),
            comes_later: expected.is_some_and(later),
        }
    }

    pub(super) fn diagnosis(&self) -> Diagnosis {
        match (self.expected, self.happened) {
            (None, _) => Diagnosis::Extra,
            (Some(Step { operation: Operation::Barrier(_), .. }), None) => {
                Diagnosis::MissingBarrier
            }
            (Some(_), None) => Diagnosis::Missing,
            (Some(step), Some(happened)) => match (&step.operation, happened) {
                (Operation::Access(expected), Operation::Access(happened)) => {
                    self.between(step, expected, happened)
                }
                (Operation::Access(_), Operation::Barrier(_)) => {
                    self.out_of_order().unwrap_or(Diagnosis::Extra)
                }
                (Operation::Barrier(_), Operation::Access(_)) if self.due_in.is_some() => {
                    Diagnosis::MissingBarrier
                }
                (Operation::Barrier(_), Operation::Access(_)) if self.comes_later => {
                    Diagnosis::Extra
                }
                (Operation::Barrier(_), Operation::Access(_)) => Diagnosis::MissingBarrier,
                (Operation::Barrier(_), Operation::Barrier(_)) => Diagnosis::WrongBarrier,
            },
        }
    }

    fn out_of_order(&self) -> Option<Diagnosis> {
        match (self.due_in, self.comes_later) {
            (Some(_), true) => Some(Diagnosis::WrongOrder),
            (Some(_), false) => Some(Diagnosis::Missing),
            (None, true) => Some(Diagnosis::Extra),
            (None, false) => None,
        }
    }

    fn between(&self, step: &Step, expected: &AccessEvent, happened: &AccessEvent) -> Diagnosis {
        if expected.is_like(happened) {
            let lost = match step.note {
                Note::Kept(kept) => (expected.value ^ happened.value) & kept,
                _ => 0,
            };
            return match lost {
                0 => self.out_of_order().filter(|_| self.due_in.is_some()),
                bits => Some(Diagnosis::LostBits { bits }),
            }
            .unwrap_or(Diagnosis::WrongValue);
        }
        if expected.write == happened.write {
            let is_other_half = |base: usize| (base..base + 8).contains(&happened.offset());
            let same_width = expected.width == happened.width;
            match step.half {
                Some(half) if half.is_first && same_width && is_other_half(half.base) => {
                    return Diagnosis::WrongHalf;
                }
                _ if !same_width && expected.overlaps(happened) => return Diagnosis::WrongWidth,
                _ => {}
            }
        }
        let same_addr = (expected.addr, expected.width) == (happened.addr, happened.width);
        let other = if same_addr { Diagnosis::WrongDirection } else { Diagnosis::WrongField };
        self.out_of_order().unwrap_or(other)
    }
}
