//! The diagnosis of the first difference between planned steps and operations.

use super::{
    operation::{AccessEvent, Operation},
    step::{Note, Step},
};

/// The kind of the first difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Diagnosis {
    /// A read-modify-write did not preserve bits that it had read.
    LostBits {
        /// The changed bits, in this run or in the run with the inverted random bits.
        bits: u64,
    },
    /// The expected register was written with a wrong number.
    WrongValue,
    /// The expected register was accessed with a wrong width.
    WrongWidth,
    /// The halves of a 64-bit value were accessed in the wrong order.
    WrongHalf,
    /// An operation was performed before its turn.
    WrongOrder,
    /// A register was read instead of written, or written instead of read.
    WrongDirection,
    /// Another register was accessed.
    WrongField,
    /// An operation was left out.
    Missing,
    /// A barrier was left out or came too late.
    MissingBarrier,
    /// An operation was performed that is not expected at all.
    Extra,
    /// A barrier of another kind was executed.
    WrongBarrier,
}

/// The first difference, and the data that is needed to explain it.
pub(super) struct Difference<'a> {
    pub(super) expected: Option<&'a Step>,
    pub(super) happened: Option<&'a Operation>,
    /// The number of steps left when the driver returned or differed.
    pub(super) left: usize,
    /// The number of steps until the performed operation is due.
    due_in: Option<usize>,
    /// `true` if the expected operation is performed later.
    pub(super) comes_later: bool,
}

impl<'a> Difference<'a> {
    /// Creates the difference at step `at`.
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
