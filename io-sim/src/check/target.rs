//! The value that the data sheet declares at an offset.

use core::{marker::PhantomData, ops::Range};

use io_core::{
    Width,
    layout::{AccessKind, BitKinds, Endian, FieldInfo, FieldLayout, IoLayout},
};

use crate::field_addr::size;

/// A sequence of elements without an enclosing struct, as a table of fields.
pub(super) struct Elements<E>(PhantomData<E>);

impl<E: IoLayout> Elements<E> {
    pub(super) const FIELDS: &'static [FieldInfo] = &[FieldInfo::tail::<E>("", 0, "")];
}

/// A value at an offset; one of several where fields share their bytes.
#[derive(Clone)]
pub(super) struct Target {
    /// Its first byte.
    pub(super) at: usize,
    pub(super) width: Width,
    pub(super) access: AccessKind,
    pub(super) endian: Endian,
    /// The kinds of its bits.
    pub(super) bits: BitKinds,
    /// The bytes of the enclosing struct.
    pub(super) block: Range<usize>,
}

impl Target {
    pub(super) fn end(&self) -> usize {
        self.at + self.width.bytes()
    }

    /// Returns whether the data sheet allows reads, or writes, at all.
    pub(super) fn gives(&self, write: bool) -> bool {
        use AccessKind::{
            ReadOnly, ReadOnlyEffect, ReadToClear, ReadToSet, WriteOnly, WriteOnlyOneToClear,
            WriteOnlyOneToSet, WriteOnlyOneToToggle,
        };
        match self.access {
            ReadOnly | ReadOnlyEffect | ReadToClear | ReadToSet => !write,
            WriteOnly | WriteOnlyOneToClear | WriteOnlyOneToSet | WriteOnlyOneToToggle => write,
            _ => true,
        }
    }
}

/// Calls `found` for each value that contains the byte at `offset`.
pub(super) fn each_at(fields: &'static [FieldInfo], offset: usize, found: &mut dyn FnMut(Target)) {
    walk(&FieldLayout::Block { fields }, 0, offset, &(0..0), found);
}

/// The same for a layout that starts at `at`; `rest` is the offset within it.
fn walk(
    layout: &FieldLayout,
    at: usize,
    rest: usize,
    block: &Range<usize>,
    found: &mut dyn FnMut(Target),
) {
    let mut element = |stride: usize, count: usize, element: &FieldLayout| {
        if stride != 0 && rest / stride < count {
            walk(element, at + rest - rest % stride, rest % stride, block, found);
        }
    };
    match *layout {
        FieldLayout::Value { width, access, endian, .. } => {
            let bits = layout.bit_kinds();
            found(Target { at, width, access, endian, bits, block: block.clone() });
        }
        FieldLayout::Halves { access, endian, .. } => {
            let (at, width) = (at + rest - rest % 4, Width::W32);
            let bits = layout.bit_kinds().half((rest < 4) != endian.is_big());
            found(Target { at, width, access, endian, bits, block: block.clone() });
        }
        FieldLayout::Array { count, stride, element: of } => element(stride, count, of),
        FieldLayout::Tail { stride, element: of } => element(stride, usize::MAX, of),
        FieldLayout::Block { fields } | FieldLayout::Union { fields } => {
            let block = at..at.saturating_add(size(layout));
            let mut after = None;
            for field in fields {
                let Some(rest) = rest.checked_sub(field.offset) else { continue };
                let is_tail = matches!(field.layout, FieldLayout::Tail { .. });
                if rest < field.size || is_tail {
                    walk(&field.layout, at + field.offset, rest, &block, found);
                }
                if let Some(stride) = after {
                    after_tail(field, stride, at + field.offset, rest, &block, found);
                }
                after = is_tail.then(|| field.stride());
            }
        }
    }
}

/// The same for the field after a trailing slice, which may follow any element: the rules do not
/// contain the number of elements. The case without elements is that of any field.
fn after_tail(
    field: &FieldInfo,
    stride: usize,
    at: usize,
    rest: usize,
    block: &Range<usize>,
    found: &mut dyn FnMut(Target),
) {
    let last = rest.checked_div(stride).unwrap_or(0);
    for elements in (1..=last).rev() {
        let within = rest - elements * stride;
        if within >= field.size {
            break;
        }
        walk(&field.layout, at + elements * stride, within, block, found);
    }
}
