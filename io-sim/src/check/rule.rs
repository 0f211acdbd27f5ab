//! A rule for one field, or for the same field of many elements.

use alloc::vec::Vec;

use super::access::Value;
use io_core::layout::{AccessKind, FieldLayout};

/// Rules of a watched block beyond the declarations of its fields.
#[derive(Default)]
pub(super) struct RuleSet {
    pub(super) rules: Vec<Rule>,
    /// Decides whether the device owns a struct whose ownership field has this number.
    pub(super) owner: Option<fn(u64) -> bool>,
}

pub(super) struct Rule {
    pub(super) pattern: FieldPattern,
    pub(super) kind: RuleKind,
}

#[derive(Clone, Copy)]
pub(super) enum RuleKind {
    /// These bits must be written as zero.
    Reserved(u64),
    /// These bits must be written as they were read.
    Preserved(u64),
    /// Writing one to these bits clears them.
    OneToClear(u64),
    /// The device has this many address bits. The second number is the offset from the address to
    /// the length of the transfer, if the rule names a length.
    DmaMask(u32, Option<isize>),
    /// The length of the transfer. The number is the offset from the address to this length.
    DmaLength(isize),
    /// A write notifies the device.
    Doorbell,
    /// A store hands over what was stored before.
    Publishes,
    /// A read reports which data may be read after it.
    Consumes,
}

/// The offsets of a field: a single one, or one in each of many elements.
#[derive(Clone)]
pub(super) struct FieldPattern {
    pub(super) at: usize,
    pub(super) layout: FieldLayout,
    /// The enclosing arrays, outermost first.
    pub(super) arrays: Vec<Array>,
}

#[derive(Clone, Copy)]
pub(super) struct Array {
    pub(super) stride: usize,
    pub(super) count: usize,
}

/// The field of a rule that a value is equal to, or one half of.
pub(super) struct Hit {
    /// The field's first byte.
    pub(super) at: usize,
    /// The position of the value in the field's number, in bits.
    pub(super) shift: u32,
}

impl FieldPattern {
    pub(super) fn hit(&self, value: &Value) -> Option<Hit> {
        let offset = value.target.at;
        let mut rest = offset.checked_sub(self.at)?;
        for array in &self.arrays {
            if rest.checked_div(array.stride)? >= array.count {
                return None;
            }
            rest %= array.stride;
        }
        let shift = match (self.layout, rest) {
            (FieldLayout::Halves { endian, .. }, 0 | 4) if (rest == 0) == endian.is_big() => 32,
            (FieldLayout::Halves { .. }, 0 | 4) | (FieldLayout::Value { .. }, 0) => 0,
            _ => return None,
        };
        Some(Hit { at: offset - rest, shift })
    }
}

/// The role of a value in the order of stores and reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// An ordinary field.
    Body,
    /// The ownership field of the enclosing struct.
    OwnBit,
    /// A field that reports which other parts of the memory are ready.
    Index,
}

impl RuleSet {
    /// Returns the rules for a value.
    pub(super) fn for_value<'a>(
        &'a self,
        value: &'a Value,
    ) -> impl Iterator<Item = (RuleKind, Hit)> + 'a {
        self.rules.iter().filter_map(|rule| Some((rule.kind, rule.pattern.hit(value)?)))
    }

    pub(super) fn has(&self, value: &Value, is_it: impl Fn(RuleKind) -> bool) -> bool {
        self.for_value(value).any(|(kind, _)| is_it(kind))
    }

    /// Returns the role of a value in memory when it is written.
    pub(super) fn role_of_write(&self, value: &Value) -> Role {
        self.role(value, |kind| matches!(kind, RuleKind::Publishes | RuleKind::Doorbell))
    }

    /// Returns the role of a value in memory when it is read.
    pub(super) fn role_of_read(&self, value: &Value) -> Role {
        self.role(value, |kind| matches!(kind, RuleKind::Consumes))
    }

    fn role(&self, value: &Value, is_index: impl Fn(RuleKind) -> bool) -> Role {
        if self.has(value, is_index) {
            Role::Index
        } else if value.target.access == AccessKind::OwnBit {
            Role::OwnBit
        } else {
            Role::Body
        }
    }
}
