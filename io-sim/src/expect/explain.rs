//! The sentence that explains a diagnosis.

use core::fmt;

use super::{
    diagnosis::{Diagnosis, Difference},
    operation::{AccessEvent, Operation},
    step::Step,
};

impl fmt::Display for Difference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.expected, self.happened) {
            (Some(step), Some(happened)) => self.explain_both(f, step, happened),
            (Some(step), None) => match self.left {
                1 => {
                    write!(f, "the driver ended before the last step, {}", Phrase(&step.operation))
                }
                left => {
                    let next = Phrase(&step.operation);
                    write!(f, "the driver ended {left} steps too early: the next is {next}")
                }
            },
            (None, Some(happened)) => {
                write!(f, "nothing more is expected, but there is {}", Phrase(happened))
            }
            (None, None) => Ok(()),
        }
    }
}

impl Difference<'_> {
    fn explain_both(
        &self,
        f: &mut fmt::Formatter<'_>,
        step: &Step,
        operation: &Operation,
    ) -> fmt::Result {
        let diagnosis = self.diagnosis();
        let due = Phrase(&step.operation);
        match (diagnosis, &step.operation, operation) {
            (Diagnosis::WrongOrder, ..) => {
                write!(f, "wrong order: {} comes before {due}", Phrase(operation))
            }
            (Diagnosis::Missing, ..) => {
                write!(f, "missing: {due}; instead there is {}", Phrase(operation))
            }
            (Diagnosis::Extra, ..) => {
                write!(f, "not expected: {}; the next step is {due}", Phrase(operation))
            }
            (Diagnosis::MissingBarrier, Operation::Barrier(kind), _) => {
                let late = if self.comes_later { " (it comes too late)" } else { "" };
                write!(f, "missing barrier: {kind} before {}{late}", Phrase(operation))
            }
            (Diagnosis::WrongBarrier, Operation::Barrier(due), Operation::Barrier(kind)) => {
                write!(f, "a {kind} where a {due} is expected")
            }
            (_, Operation::Access(due), Operation::Access(access)) => {
                write!(f, "{}", Accesses { diagnosis, due, access })
            }
            _ => write!(f, "{} where {due} is expected", Phrase(operation)),
        }
    }
}

/// The access that was performed, and the access that was due.
pub(super) struct Accesses<'a> {
    pub(super) diagnosis: Diagnosis,
    pub(super) due: &'a AccessEvent,
    pub(super) access: &'a AccessEvent,
}

impl fmt::Display for Accesses<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Accesses { diagnosis, due, access } = *self;
        let name = due.name();
        match diagnosis {
            Diagnosis::LostBits { bits } => {
                let (mask, was) = (due.hex(bits), due.hex(due.value & bits));
                let written = due.hex(access.value & bits);
                write!(f, "{name}: bits {mask}")?;
                due.addr.show(bits, f)?;
                write!(f, " were {was} and were written as {written}: they must be preserved")
            }
            Diagnosis::WrongValue => {
                let (value, due) = (due.hex(access.value), due.hex(due.value));
                write!(f, "{name}: {value} was written where {due} is expected")
            }
            Diagnosis::WrongWidth => {
                let (bits, due) = (access.width.bits(), due.width.bits());
                write!(f, "{name}: an access of {bits} bits where one of {due} is expected")
            }
            Diagnosis::WrongHalf => {
                let (verb, other) = (verb(due), access.name());
                write!(f, "wrong order of halves: {other} is {verb} first, {name} must be")
            }
            Diagnosis::WrongDirection => {
                write!(f, "{name} is {} where it must be {}", verb(access), verb(due))
            }
            _ => {
                let far = access.offset().abs_diff(due.offset());
                let way = if access.offset() < due.offset() { "before" } else { "after" };
                write!(
                    f,
                    "{} ({:#x}) is {} where {name} ({:#x}) must be {}: {far:#x} bytes {way} it",
                    access.name(),
                    access.offset(),
                    verb(access),
                    due.offset(),
                    verb(due),
                )
            }
        }
    }
}

fn verb(access: &AccessEvent) -> &'static str {
    if access.write { "written" } else { "read" }
}

/// An operation as a phrase in a sentence.
struct Phrase<'a>(&'a Operation);

impl fmt::Display for Phrase<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Operation::Access(access) if access.write => {
                write!(f, "the write of {} to {}", access.hex(access.value), access.name())
            }
            Operation::Access(access) => write!(f, "the read of {}", access.name()),
            Operation::Barrier(kind) => write!(f, "the barrier {kind}"),
        }
    }
}
