//! Checks of one access or copy against the fields: width, address, access kind.

use alloc::vec::Vec;
use core::ops::Range;

use super::{
    target::{Target, each_at},
    violation::ViolationKind,
};
use io_core::{
    Width,
    backend::Order,
    layout::{AccessKind, FieldInfo},
};

use crate::{field_addr::FieldAddr, trace::Event};

/// The bytes and values that an event touches.
pub(super) struct Touch {
    pub(super) addr: FieldAddr,
    pub(super) bytes: Range<usize>,
    pub(super) write: bool,
    pub(super) order: Order,
    /// The values that are read or written completely, as declared by the data sheet.
    pub(super) values: Vec<Value>,
    /// The findings and their addresses.
    pub(super) findings: Vec<(FieldAddr, ViolationKind)>,
}

/// A value that was read or written, with its number.
pub(super) struct Value {
    pub(super) target: Target,
    pub(super) number: u64,
    pub(super) addr: FieldAddr,
}

impl Touch {
    /// Returns `None` for a barrier.
    pub(super) fn of(fields: &'static [FieldInfo], event: &Event) -> Option<Self> {
        match event {
            Event::Access { addr, width, order, write, value, error } => {
                let bytes = addr.offset..addr.offset + width.bytes();
                let mut touch = Touch::new(*addr, bytes, *write, *order);
                if !fields.is_empty() {
                    let value = value.filter(|_| error.is_none());
                    touch.single(fields, *width, value);
                }
                Some(touch)
            }
            Event::Copy { addr, len, width, order, write, bytes, .. } => {
                let touched = addr.offset..addr.offset + len;
                let mut touch = Touch::new(*addr, touched, *write, *order);
                if !fields.is_empty() {
                    touch.several(fields, *width, bytes);
                }
                Some(touch)
            }
            Event::Dropped { .. } | Event::Barrier { .. } => None,
        }
    }

    fn new(addr: FieldAddr, bytes: Range<usize>, write: bool, order: Order) -> Self {
        Touch { addr, bytes, write, order, values: Vec::new(), findings: Vec::new() }
    }

    fn report(&mut self, at: usize, kind: ViolationKind) {
        self.findings.push((self.addr.value_at(at, self.write), kind));
    }

    fn single(&mut self, fields: &'static [FieldInfo], width: Width, number: Option<u64>) {
        let (at, write) = (self.bytes.start, self.write);
        match best(fields, at, write, |target| check_access(target, at, width, write)) {
            None => self.report(at, ViolationKind::Outside),
            Some((_, Some(kind))) => self.report(at, kind),
            Some((target, None)) => {
                let addr = self.addr;
                self.values.extend(number.map(|number| Value { target, number, addr }));
            }
        }
    }

    fn several(&mut self, fields: &'static [FieldInfo], width: Option<Width>, bytes: &[u8]) {
        let (mut at, all, write) = (self.bytes.start, self.bytes.clone(), self.write);
        let by = width.filter(|_| self.order != Order::Memory);
        while at < all.end {
            let rest = bytes.get(at - all.start..).unwrap_or_default();
            let whole = (self.order != Order::Memory).then_some(&all);
            let check = |target: &Target| check_copy(target, at, (by, whole), rest, write);
            let Some((target, found)) = best(fields, at, write, check) else {
                return self.report(at, ViolationKind::Outside);
            };
            if let Some(kind) = found {
                return self.report(at, kind);
            }
            let end = target.end();
            if let Some(bytes) = rest.get(..target.width.bytes()).filter(|_| target.at == at) {
                let number = number(bytes, &target);
                let addr = self.addr.value_at(at, write);
                self.values.push(Value { target, number, addr });
            }
            at = end;
        }
    }
}

/// Returns the value at `offset` for which the access is valid, or else the most likely target and
/// the violation.
fn best(
    fields: &'static [FieldInfo],
    offset: usize,
    write: bool,
    check: impl Fn(&Target) -> Option<ViolationKind>,
) -> Option<(Target, Option<ViolationKind>)> {
    let mut best: Option<(Target, Option<ViolationKind>)> = None;
    each_at(fields, offset, &mut |target| {
        let found = check(&target);
        let rank = |found: &Option<ViolationKind>, gives: bool| (found.is_none(), gives);
        let new = rank(&found, target.gives(write));
        if best.as_ref().is_none_or(|(best, found)| rank(found, best.gives(write)) < new) {
            best = Some((target, found));
        }
    });
    best
}

fn check_access(target: &Target, at: usize, width: Width, write: bool) -> Option<ViolationKind> {
    let (within, bits) = (at - target.at, target.width.bits());
    if target.access == AccessKind::Reserved {
        Some(ViolationKind::Reserved)
    } else if within != 0 {
        Some(ViolationKind::Misaligned { within, bits })
    } else if width != target.width {
        Some(ViolationKind::Width { bits })
    } else {
        check_direction(target, write)
    }
}

/// `by` is the width of the accesses if it is known. `whole` is the whole copied range if the copy
/// must not end inside a value. `rest` contains the bytes from `at` on.
fn check_copy(
    target: &Target,
    at: usize,
    (by, whole): (Option<Width>, Option<&Range<usize>>),
    rest: &[u8],
    write: bool,
) -> Option<ViolationKind> {
    let (within, bits) = (at - target.at, target.width.bits());
    if target.access == AccessKind::Reserved {
        // A copy of a whole block includes its reserved bytes, so only nonzero bytes are a
        // violation.
        let is_set = write && rest.first().is_some_and(|byte| *byte != 0);
        return is_set.then_some(ViolationKind::Reserved);
    }
    if whole.is_some_and(|whole| within != 0 || whole.end < target.end()) {
        Some(ViolationKind::Misaligned { within, bits })
    } else if by.is_some_and(|by| by < target.width) {
        Some(ViolationKind::Width { bits })
    } else {
        check_direction(target, write)
    }
}

fn check_direction(target: &Target, write: bool) -> Option<ViolationKind> {
    let kind = match target.access {
        AccessKind::ReadToClear => ViolationKind::ReadToClear,
        _ if write => ViolationKind::ReadOnly,
        _ => ViolationKind::WriteOnly,
    };
    (!target.gives(write)).then_some(kind)
}

/// Decodes bytes in memory as a number, in the target's byte order.
fn number(bytes: &[u8], target: &Target) -> u64 {
    let add = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
    match target.endian.is_big() {
        true => bytes.iter().fold(0, add),
        false => bytes.iter().rev().fold(0, add),
    }
}
