//! Fields of an `#[io_struct]` whose elements are a stride apart: an array, if the stride is the
//! size of an element, and otherwise a field without a size at the offset of the first element.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    KnownSize,
    check::{check_place, gap_at_end},
    message::Message,
};
use crate::value::{AccessKind, FieldInfo, FieldLayout, IoLayout};

/// `N` elements of type `E`, `STRIDE` bytes apart, the first of which is at the offset of this
/// field. The memory consists of reserved bytes and the fields between the elements.
#[doc(hidden)]
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(transparent)]
pub struct StridedField<E, const N: usize, const STRIDE: usize>([E; 0]);

/// Selects the type of a field: an array if the stride is the size of an element.
#[doc(hidden)]
#[derive(Debug)]
pub struct IsArray<const IS_ARRAY: bool>;

/// The type that [`IsArray`] selects.
#[doc(hidden)]
pub trait FieldOf<E, const N: usize, const STRIDE: usize> {
    /// The type of the field.
    type Field;
}

impl<E, const N: usize, const STRIDE: usize> FieldOf<E, N, STRIDE> for IsArray<true> {
    type Field = [E; N];
}

impl<E, const N: usize, const STRIDE: usize> FieldOf<E, N, STRIDE> for IsArray<false> {
    type Field = StridedField<E, N, STRIDE>;
}

/// The type of a field with a stride.
#[doc(hidden)]
pub type Strided<E, const N: usize, const STRIDE: usize, const IS_ARRAY: bool> =
    <IsArray<IS_ARRAY> as FieldOf<E, N, STRIDE>>::Field;

/// A type that [`FieldOf`] selects.
///
/// # Safety
///
/// `COUNT` and `STRIDE` must be those of the elements.
#[doc(hidden)]
#[diagnostic::on_unimplemented(message = "`{Self}` is not a field with a stride")]
pub unsafe trait HasStride {
    /// The type of the elements.
    type Element: IoLayout;
    /// The number of elements.
    const COUNT: usize;
    /// The bytes from one element to the next.
    const STRIDE: usize;
}

// SAFETY: the number of elements, and the size of one.
#[diagnostic::do_not_recommend]
unsafe impl<E: IoLayout, const N: usize> HasStride for [E; N] {
    type Element = E;
    const COUNT: usize = N;
    const STRIDE: usize = size_of::<E>();
}

// SAFETY: the parameters.
#[diagnostic::do_not_recommend]
unsafe impl<E: IoLayout, const N: usize, const S: usize> HasStride for StridedField<E, N, S> {
    type Element = E;
    const COUNT: usize = N;
    const STRIDE: usize = S;
}

/// The number of bytes from the start of the first element to the end of the last one.
#[inline(always)]
pub(crate) const fn extent<E>(count: usize, stride: usize) -> usize {
    match count.checked_sub(1) {
        Some(last) => last.saturating_mul(stride).saturating_add(size_of::<E>()),
        None => 0,
    }
}

/// Returns whether elements of type `E`, a `stride` apart, are an array.
#[inline]
pub const fn is_array<E>(stride: usize) -> bool {
    stride == size_of::<E>()
}

/// Checks that the elements of a field can be accessed at their stride.
#[track_caller]
#[inline]
pub const fn check_elements<T: HasStride>(block: &str, field: &str) {
    let (info, stride) = (<T::Element as IoLayout>::INFO, T::STRIDE);
    let need = if info.natural > info.align { info.natural } else { info.align };
    let m = Message::new().str("an element of `").str(field).str("` of `").str(block).str("` ");
    if info.size == 0 {
        m.str("has no bytes: its type must have at least 1 byte").fail();
    }
    if stride < info.size {
        let m = m.str("has a size of ").hex(info.size).str(" bytes, but `#[io(stride = ");
        let m = m.hex(stride).str(")]` requires ").hex(stride).str(": remove ");
        m.bytes(info.size - stride).str(" from it").fail();
    }
    if !stride.is_multiple_of(need) {
        let m = m.str("requires a multiple of ").dec(need).str(", but the stride is ");
        m.hex(stride).str(": use a smaller type").fail();
    }
    if stride.checked_mul(T::COUNT).is_none() {
        m.str("is outside the address space: check stride and number of elements").fail();
    }
}

/// Returns the offset after the elements of a field at `at`, or `end` if that is larger.
#[inline]
pub const fn strided_end<T: HasStride>(at: usize, end: usize) -> usize {
    let last = at.saturating_add(extent::<T::Element>(T::COUNT, T::STRIDE));
    if last > end { last } else { end }
}

/// Creates the description of a field with a stride.
pub const fn strided_info<T: HasStride>(
    name: &'static str,
    offset: usize,
    doc: &'static str,
) -> FieldInfo {
    FieldInfo::strided::<T::Element>(name, offset, doc, T::COUNT, T::STRIDE)
}

/// Checks a field with a stride, and returns the offset after the memory of the field itself.
///
/// Its elements must lie inside the block and share no bytes with another field.
#[track_caller]
#[inline]
pub const fn check_strided<B: ?Sized + KnownSize, T: HasStride>(
    block: &str,
    fields: &[FieldInfo],
    i: usize,
    end: usize,
    at: Option<usize>,
) -> usize {
    let field = &fields[i];
    check_place(block, field, end, at);
    check_elements::<T>(block, field.name);
    // An array is in memory of its own.
    if is_array::<T::Element>(T::STRIDE) {
        return end + size_of::<T>();
    }
    let start = Message::new().str("the elements of `").str(field.name).str("` of `").str(block);
    let mut other = 0;
    while other < fields.len() {
        if other != i
            && let Some(offset) = shared(field, &fields[other])
        {
            let m = start.str("` share the byte at offset ").hex(offset).str(" with `");
            let m = m.str(fields[other].name).str("`: check offset, stride and number of elements");
            m.fail();
        }
        other += 1;
    }
    let Some(last) = field.offset.checked_add(field.size) else {
        start.str("` end outside the address space: check offset, stride and number").fail()
    };
    if last > B::MIN_SIZE {
        let m = start.str("` end at offset ").hex(last);
        m.str(", but the block has ").hex(B::MIN_SIZE).str(" bytes: increase its size").fail();
    }
    end + size_of::<T>()
}

/// The first byte that belongs to an element of both fields, other than reserved bytes.
const fn shared(field: &FieldInfo, other: &FieldInfo) -> Option<usize> {
    if let FieldLayout::Tail { .. } = other.layout {
        let is_shared = field.offset.saturating_add(field.size) > other.offset;
        return if is_shared { Some(other.offset) } else { None };
    }
    if matches!(other.access(), Some(AccessKind::Reserved)) || other.size == 0 {
        return None;
    }
    if other.offset >= field.offset.saturating_add(field.size)
        || field.offset >= other.offset.saturating_add(other.size)
    {
        return None;
    }
    let mut i = 0;
    while i < field.count() {
        let start = field.offset + i * field.stride();
        let (mut next, mut from) = (0, other.offset);
        if start >= other.offset {
            next = (start - other.offset) / other.stride();
            from = other.offset + next * other.stride();
            if next < other.count() && start < from + other.element_size() {
                return Some(start);
            }
            (next, from) = (next + 1, from + other.stride());
        }
        if next < other.count() && from < start + field.element_size() {
            return Some(from);
        }
        i += 1;
    }
    None
}

/// Returns the number of reserved bytes after the last field, which ends at `end`, where the
/// elements of fields with a stride end at `elements`.
#[track_caller]
#[inline]
pub const fn strided_rest(block: &str, end: usize, elements: usize, size: Option<usize>) -> usize {
    let last = if elements > end { elements } else { end };
    match size {
        Some(size) => last - end + gap_at_end(block, last, size),
        None => last - end,
    }
}
