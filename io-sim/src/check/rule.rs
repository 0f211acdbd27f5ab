//! A rule for one field, or for the same field of many elements.

use alloc::vec::Vec;

use super::access::Value;
use io_core::layout::{AccessKind, FieldLayout};

/// What a watched block has to keep beside what its fields say.
#[derive(Default)]
pub(super) struct RuleSet {
    pub(super) rules: Vec<Rule>,
    /// Whether the device owns a struct whose ownership field has this number.
    pub(super) owner: Option<fn(u64) -> bool>,
}

pub(super) struct Rule {
    pub(super) pattern: FieldPattern,
    pub(super) kind: RuleKind,
}

#[derive(Clone, Copy)]
pub(super) enum RuleKind {
    /// These bits are written as zero.
    Reserved(u64),
    /// These bits are written as they were read.
    Preserved(u64),
    /// Written ones of these bits clear.
    OneToClear(u64),
    /// The device has so many address bits; bytes from the address to the
    /// transfer's length, if it is named.
    DmaMask(u32, Option<isize>),
    /// The length of the transfer whose address is so many bytes further.
    DmaLength(isize),
    /// Tells the device that there is something.
    Doorbell,
    /// Hands over what was stored before.
    Publishes,
    /// Says what may be read behind it.
    Consumes,
}

/// The offsets of a field: one, or one in each of many elements.
#[derive(Clone)]
pub(super) struct FieldPattern {
    pub(super) at: usize,
    pub(super) layout: FieldLayout,
    /// The arrays around it, from outside.
    pub(super) arrays: Vec<Array>,
}

#[derive(Clone, Copy)]
pub(super) struct Array {
    pub(super) stride: usize,
    pub(super) count: usize,
}

/// A rule's field that a value is, or is a half of.
pub(super) struct Hit {
    /// The field's first byte.
    pub(super) at: usize,
    /// Where in the field's number the value starts, in bits.
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

/// What a value is for the order of stores and reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A field as any other.
    Body,
    /// Says whose the struct around it is.
    OwnBit,
    /// Says what else of the memory is ready.
    Index,
}

impl RuleSet {
    /// The rules for a value.
    pub(super) fn for_value<'a>(
        &'a self,
        value: &'a Value,
    ) -> impl Iterator<Item = (RuleKind, Hit)> + 'a {
        self.rules.iter().filter_map(|rule| Some((rule.kind, rule.pattern.hit(value)?)))
    }

    pub(super) fn has(&self, value: &Value, is_it: impl Fn(RuleKind) -> bool) -> bool {
        self.for_value(value).any(|(kind, _)| is_it(kind))
    }

    /// What a value in memory is to who writes it.
    pub(super) fn role_of_write(&self, value: &Value) -> Role {
        self.role(value, |kind| matches!(kind, RuleKind::Publishes | RuleKind::Doorbell))
    }

    /// What a value in memory is to who reads it.
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
