//! One operation that the driver must perform, as planned and as instantiated for a run.

use alloc::vec::Vec;
use core::fmt;

use super::{
    operation::{AccessEvent, Operation},
    word::{Half, Word},
};
use io_core::{
    Width,
    barrier::Barrier,
    layout::{Endian, FieldInfo},
};

use crate::{field_addr::FieldAddr, random::Random};

/// A step before the random bits are known.
#[derive(Clone, Copy, Debug)]
pub(super) enum Planned {
    /// A read that returns the value in the bits of `given`, and random bits in the others.
    Read { word: Word, given: u64 },
    /// A write whose bits in `mask` must be those of the value.
    Write { word: Word, mask: u64 },
    /// A write of the value in the bits of `mask` and, in the bits of `kept`, of the number that
    /// was read `before` steps earlier.
    WriteBack { word: Word, mask: u64, kept: u64, before: usize },
    /// A barrier.
    Barrier(Barrier),
}

impl Planned {
    pub(super) fn is_random(&self) -> bool {
        matches!(self, Planned::Read { word, given } if *given != word.access.width.all_ones())
    }
}

/// The bits of a step's number that are significant; shown beside the step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Note {
    All,
    /// A read: the other bits are random.
    Given(u64),
    /// A write: the other bits are ignored.
    Only(u64),
    /// A write: these bits must be written back as they were read.
    Kept(u64),
}

/// A step of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) operation: Operation,
    /// The bits that are compared.
    mask: u64,
    pub(super) note: Note,
    endian: Endian,
    pub(super) half: Option<Half>,
}

/// Returns the steps of a run.
pub(super) fn steps(plan: &[Planned], seed: u64) -> Vec<Step> {
    let mut random = Random::new(seed);
    let mut steps: Vec<Step> = Vec::with_capacity(plan.len());
    for planned in plan {
        let step = match *planned {
            Planned::Barrier(kind) => Step::barrier(kind),
            Planned::Read { word, given } => {
                let all = word.access.width.all_ones();
                let value = word.access.value & given | random.bits() & !given & all;
                let note = if given == all { Note::All } else { Note::Given(given) };
                Step::access(word, value, all, note)
            }
            Planned::Write { word, mask } => {
                let all = mask == word.access.width.all_ones();
                let note = if all { Note::All } else { Note::Only(mask) };
                Step::access(word, word.access.value & mask, mask, note)
            }
            Planned::WriteBack { word, mask, kept, before } => {
                let read = match steps[steps.len() - before].operation {
                    Operation::Access(access) => access.value,
                    Operation::Barrier(_) => 0,
                };
                let value = word.access.value & mask | read & kept;
                Step::access(word, value, mask | kept, Note::Kept(kept))
            }
        };
        steps.push(step);
    }
    steps
}

impl Step {
    fn access(word: Word, value: u64, mask: u64, note: Note) -> Self {
        let Word { access, endian, half } = word;
        Step {
            operation: Operation::Access(AccessEvent { value, ..access }),
            mask,
            note,
            endian,
            half,
        }
    }

    fn barrier(kind: Barrier) -> Self {
        let operation = Operation::Barrier(kind);
        Step { operation, mask: 0, note: Note::All, endian: Endian::Native, half: None }
    }

    /// Returns whether this is an access of the same address, width and direction.
    pub(super) fn is_at(&self, other: &AccessEvent) -> bool {
        matches!(&self.operation, Operation::Access(access) if access.is_like(other))
    }

    /// Returns whether `operation` fulfils the step.
    pub(super) fn accepts(&self, operation: &Operation) -> bool {
        match (&self.operation, operation) {
            (Operation::Access(mine), Operation::Access(other)) => {
                mine.is_like(other) && (mine.value ^ other.value) & self.mask == 0
            }
            (Operation::Barrier(mine), Operation::Barrier(other)) => mine == other,
            _ => false,
        }
    }

    /// Converts between the number on the bus, which is little-endian, and the register's number;
    /// the conversion is its own inverse.
    pub(super) fn turn(&self, number: u64, width: Width) -> u64 {
        self.endian.number(Endian::Little.number(number, width), width)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.operation.fmt(f)?;
        let Operation::Access(access) = self.operation else { return Ok(()) };
        match self.note {
            Note::All => Ok(()),
            Note::Given(0) => write!(f, " (random)"),
            Note::Given(mask) => write!(f, " (random except {})", access.hex(mask)),
            Note::Only(mask) => write!(f, " (only {})", access.hex(mask)),
            Note::Kept(mask) => write!(f, " (keeps {})", access.hex(mask)),
        }
    }
}

/// Returns the access that the driver performed, from its number on the bus, with the names and
/// byte orders of the fields.
pub(super) fn made(
    fields: &'static [FieldInfo],
    (offset, width, write): (usize, Width, bool),
    number: u64,
) -> AccessEvent {
    let addr = FieldAddr::root("", fields).value_at(offset, write);
    let value = addr.number(Endian::Little.number(number, width), width);
    AccessEvent { addr, width, write, value }
}
