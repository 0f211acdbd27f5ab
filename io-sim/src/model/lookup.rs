//! Address decoding: the register that an access reaches, or the reason for rejecting it.

use super::{rejected::RejectReason, slot::Slot};
use io_core::{
    Width,
    layout::{AccessKind, BitKinds, FieldInfo, FieldLayout},
};

/// A register as described by the fields of the block.
#[derive(Clone, Copy)]
pub(super) struct Register {
    pub(super) slot: Slot,
    pub(super) access: AccessKind,
    /// The kinds of its bits.
    pub(super) bits: BitKinds,
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
    match layout {
        FieldLayout::Value { .. } | FieldLayout::Halves { .. } => {
            for register in Register::all_of(&layout, start) {
                let at = register.slot.key.offset;
                if (at..at + register.slot.width.bytes()).contains(&offset) {
                    each(register);
                }
            }
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

impl Register {
    /// Returns the registers of a value at `start`: one, or one for each half.
    pub(super) fn all_of(layout: &FieldLayout, start: usize) -> impl Iterator<Item = Register> {
        let bits = layout.bit_kinds();
        let (one, halves) = match *layout {
            FieldLayout::Value { width, access, endian, .. } => {
                let slot = Slot::new(start, width, access, endian);
                (Some(Register { slot, access, bits }), None)
            }
            FieldLayout::Halves { access, endian, .. } => {
                let half = |at, is_first: bool| {
                    let slot = Slot::new(start + at, Width::W32, access, endian);
                    let bits = bits.half(is_first != endian.is_big());
                    Register { slot, access, bits }
                };
                (None, Some([half(0, true), half(4, false)]))
            }
            _ => (None, None),
        };
        one.into_iter().chain(halves.into_iter().flatten())
    }
}
