//! Address decoding: the register that an access reaches, or the reason for rejecting it.

use super::{rejected::RejectReason, slot::Slot};
use io_core::{
    Width,
    layout::{AccessKind, Endian, FieldInfo, FieldLayout},
};

/// A register as described by the fields of the block.
#[derive(Clone, Copy)]
pub(super) struct Register {
    pub(super) slot: Slot,
    pub(super) access: AccessKind,
}

/// Finds the register for an access.
///
/// If the same bytes belong to several registers (overlays, unions), returns the first of the right
/// width and direction. If none matches, the error describes the closest one.
pub(super) fn find_register(
    fields: &'static [FieldInfo],
    offset: usize,
    width: Width,
    write: bool,
) -> Result<Register, RejectReason> {
    let mut best: Option<(u8, Register)> = None;
    visit(FieldLayout::Block { fields }, 0, offset, &mut |register| {
        let suits =
            if write { register.access.is_writable() } else { register.access.is_readable() };
        let at_start = register.slot.key.offset == offset;
        let distance = match (at_start, register.slot.width == width, suits) {
            (true, true, true) => 0,
            (true, true, false) => 1,
            (true, false, true) => 2,
            (false, _, true) => 3,
            _ => 4,
        };
        if best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, register));
        }
    });
    let (distance, register) = best.ok_or(RejectReason::NoRegister)?;
    match register.access {
        _ if distance == 0 => Ok(register),
        AccessKind::Reserved => Err(RejectReason::Reserved),
        _ if register.slot.key.offset != offset => Err(RejectReason::Inside),
        _ if register.slot.width != width => Err(RejectReason::Width(register.slot.width)),
        _ if write => Err(RejectReason::ReadOnly),
        _ => Err(RejectReason::WriteOnly),
    }
}

/// Calls `each` for all registers that contain the byte at `offset`.
fn visit(layout: FieldLayout, start: usize, offset: usize, each: &mut dyn FnMut(Register)) {
    let within = offset - start;
    let mut found = |at, width: Width, access, endian: Endian| {
        if (at..at + width.bytes()).contains(&offset) {
            each(Register { slot: Slot::new(at, width, access, endian), access });
        }
    };
    match layout {
        FieldLayout::Value { width, access, endian } => found(start, width, access, endian),
        FieldLayout::Halves { access, endian, .. } => {
            found(start, Width::W32, access, endian);
            found(start + 4, Width::W32, access, endian);
        }
        FieldLayout::Array { stride, element, .. } | FieldLayout::Tail { stride, element }
            if stride != 0 =>
        {
            let at = start + within / stride * stride;
            visit(*element, at, offset, each);
        }
        FieldLayout::Block { fields } | FieldLayout::Union { fields } => {
            for field in fields {
                if (field.offset..field.offset + field.size).contains(&within) {
                    visit(field.layout, start + field.offset, offset, each);
                }
            }
        }
        FieldLayout::Array { .. } | FieldLayout::Tail { .. } => {}
    }
}
