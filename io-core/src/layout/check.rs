//! Layout checks of derived structs, evaluated at compile time.
//!
//! Generated code calls them once per field. A failing check is a compile error at the tokens of
//! the call, so the messages contain the numbers.

use super::{KnownSize, message::Message};
use crate::value::{FieldInfo, FieldLayout, Reserved, Width};

/// The start of a message: ``field `name` of `block` ``
const fn field_of(name: &str, block: &str) -> Message {
    Message::new().str("field `").str(name).str("` of `").str(block).str("`")
}

/// Fails if the data sheet's offset differs.
#[track_caller]
const fn check_at(block: &str, field: &FieldInfo, at: Option<usize>) {
    let offset = field.offset;
    if let Some(at) = at
        && at != offset
    {
        let m = field_of(field.name, block).str(" is at offset ").hex(offset);
        let m = m.str(", but `#[io(at = ").hex(at).str(")]` requires ").hex(at).str(": ");
        if at > offset {
            m.str("add ").reserved(at - offset).str(" before it").fail();
        }
        m.str("remove ").bytes(offset - at).str(" before it").fail();
    }
}

/// Fails if the field is not aligned to its accesses.
#[track_caller]
const fn check_natural(block: &str, field: &FieldInfo) {
    let align = field.natural;
    if !field.offset.is_multiple_of(align) {
        let m = field_of(field.name, block).str(" is at offset ").hex(field.offset);
        let m = m.str(", but its ").dec(align).str("-byte accesses require a multiple of ");
        m.dec(align).str(": move it, or split it into smaller fields").fail();
    }
}

/// Checks one field and returns the offset after it.
///
/// `end` is the end of the preceding field, `at` the offset in the data sheet.
#[track_caller]
#[inline]
pub const fn check_field(
    block: &str,
    fields: &[FieldInfo],
    i: usize,
    end: usize,
    at: Option<usize>,
) -> usize {
    let field = &fields[i];
    check_place(block, field, end, at);
    if let FieldLayout::Tail { stride: 0, .. } = field.layout {
        let m = field_of(field.name, block).str(" is a slice of zero-sized elements: ");
        m.str("its elements must have at least 1 byte").fail();
    }
    field.offset + field.size
}

/// Checks the offset of a field, where the preceding fields end at `end`.
#[track_caller]
pub(super) const fn check_place(block: &str, field: &FieldInfo, end: usize, at: Option<usize>) {
    let FieldInfo { name, offset, .. } = *field;
    check_at(block, field, at);
    if offset != end {
        let m = Message::new().bytes(offset - end).str(" of implicit padding before field `");
        let m = m.str(name).str("` of `").str(block).str("`: write them as a field, such as ");
        m.str("`_pad: Reserved<").dec(offset - end).str(">`").fail();
    }
    check_natural(block, field);
}

/// Checks the fields from `from` to `to`, for which no offset is specified, and returns the offset
/// after them.
#[track_caller]
#[inline]
pub const fn check_fields(
    block: &str,
    fields: &[FieldInfo],
    from: usize,
    to: usize,
    mut end: usize,
) -> usize {
    let mut i = from;
    while i < to {
        let field = &fields[i];
        end = if field.offset == end && field.offset & (field.natural - 1) == 0 {
            end + field.size
        } else {
            check_field(block, fields, i, end, None)
        };
        i += 1;
    }
    end
}

/// Checks one field of a union, and returns the union's size.
#[track_caller]
#[inline]
pub const fn check_meaning<T>(block: &str, fields: &[FieldInfo], i: usize) -> usize {
    let (field, size) = (&fields[i], size_of::<T>());
    if field.size != size {
        let m = field_of(field.name, block).str(" has ").bytes(field.size);
        let m = m.str(", but the union has ").bytes(size).str(": add ").reserved(size - field.size);
        m.str(", for example in a nested struct").fail();
    }
    check_natural(block, field);
    size
}

/// Checks that a gap consists of exactly `N` reserved bytes, without padding after them.
#[track_caller]
#[inline]
pub const fn check_gap<T, const N: usize>(
    block: &str,
    fields: &[FieldInfo],
    i: usize,
    _: fn(&T) -> *const Reserved<N>,
) {
    let FieldInfo { name, size, .. } = fields[i];
    if size != N {
        let m = Message::new().bytes(size - N).str(" of implicit padding after field `").str(name);
        let m = m.str("` of `").str(block).str("`: extend the field by ").bytes(size - N);
        m.str(", so that the size is a multiple of the alignment").fail();
    }
}

/// Checks one overlay field.
#[track_caller]
#[inline]
pub const fn check_overlay<T: ?Sized + KnownSize>(
    block: &str,
    fields: &[FieldInfo],
    i: usize,
    at: Option<usize>,
) {
    let field = &fields[i];
    check_at(block, field, at);
    check_natural(block, field);
    let end = field.offset + field.size;
    if end > T::MIN_SIZE {
        let m = Message::new().str("overlay `").str(field.name).str("` of `").str(block);
        let m = m.str("` ends at offset ").hex(end).str(", but the block has ").hex(T::MIN_SIZE);
        m.str(" bytes: add reserved bytes at its end, or use a smaller type").fail();
    }
}

/// Checks the stride of an array.
#[track_caller]
#[inline]
pub const fn check_stride(block: &str, fields: &[FieldInfo], i: usize, said: usize) {
    let FieldInfo { name, layout, .. } = fields[i];
    let (FieldLayout::Array { stride, .. } | FieldLayout::Tail { stride, .. }) = layout else {
        let m = field_of(name, block).str(" is not an array: remove `#[io(stride = ").hex(said);
        m.str(")]`").fail();
    };
    if stride != said {
        let m = Message::new().str("an element of `").str(name).str("` of `").str(block);
        let m = m.str("` has a size of ").hex(stride).str(" bytes, but `#[io(stride = ").hex(said);
        let m = m.str(")]` requires ").hex(said).str(": ");
        if said > stride {
            let m = m.str("add ").reserved(said - stride).str(" at its end, or use ");
            m.str("`#[io_struct]` with `at`, which places the elements").fail();
        }
        m.str("remove ").bytes(stride - said).str(" from it").fail();
    }
}

/// Returns the number of reserved bytes before a field of type `T` at `at`, where the preceding
/// fields end at `end`.
#[track_caller]
#[inline]
pub const fn gap<T>(block: &str, field: &str, end: usize, at: usize) -> usize {
    if at < end {
        let m = field_of(field, block).str(" is at offset ").hex(at);
        let m = m.str(", but the fields before it end at ").hex(end).str(": order the fields by ");
        let m = m.str("offset, or mark an intended overlap with `#[io(at = ").hex(at);
        m.str(", overlay)]`").fail();
    }
    if !at.is_multiple_of(align_of::<T>()) {
        let m = field_of(field, block).str(" is at offset ").hex(at);
        let m = m.str(", but its type requires a multiple of ").dec(align_of::<T>());
        m.str(": move it, or split it into smaller fields").fail();
    }
    at - end
}

/// Returns the number of reserved bytes after the last field, which ends at `end`.
#[track_caller]
#[inline]
pub const fn gap_at_end(block: &str, end: usize, size: usize) -> usize {
    if size < end {
        let m = Message::new().str("the fields of `").str(block).str("` end at offset ").hex(end);
        let m = m.str(", but `size = ").hex(size).str("` requires at most ").hex(size);
        m.str(": remove ").bytes(end - size).str(", or increase the size").fail();
    }
    size - end
}

/// Checks that no padding follows the reserved bytes at the end of a block of the size `said`.
#[track_caller]
#[inline]
pub const fn check_multiple<T>(block: &str, said: usize) {
    let align = align_of::<T>();
    if !said.is_multiple_of(align) {
        let m = Message::new().str("`size = ").hex(said).str("` of `").str(block);
        let m =
            m.str("` is not a multiple of its alignment of ").hex(align).str(": write `size = ");
        m.hex(said.next_multiple_of(align)).str("`, or reduce the alignment").fail();
    }
}

/// Checks the declared size, and that no padding follows the last field.
#[track_caller]
#[inline]
pub const fn check_size<T>(block: &str, end: usize, said: Option<usize>) {
    let (size, align) = (size_of::<T>(), align_of::<T>());
    if let Some(said) = said
        && said != size
    {
        let m = Message::new().str("`").str(block).str("` has a size of ").hex(size);
        let m = m.str(" bytes, but `#[io(size = ").hex(said).str(")]` requires ").hex(said);
        if said > size {
            m.str(": add ").reserved(said - size).str(" at the end").fail();
        }
        if said >= end {
            let m = m.str(": its fields take ").hex(end).str(" bytes, and its alignment of ");
            let m = m.hex(align).str(" makes that ").hex(size).str(": write `size = ").hex(size);
            m.str("`, or reduce the alignment").fail();
        }
        m.str(": remove ").bytes(end - said).str(" of fields").fail();
    }
    if end != size {
        let m = Message::new().bytes(size - end).str(" of implicit padding at the end of `");
        let m = m.str(block).str("`, which is aligned to ").dec(align);
        m.str(": write them as a field, such as `_pad: Reserved<").dec(size - end).str(">`").fail();
    }
}

/// Checks that the alignment of a packed struct is sufficient for each of its fields.
#[track_caller]
#[inline]
pub const fn check_align<T, U>(block: &str, field: &str) {
    let (align, need) = (align_of::<T>(), align_of::<U>());
    if need > align {
        let m = field_of(field, block).str(" requires an alignment of ").dec(need);
        let m = m.str(", but the packed struct has ").dec(align).str(": use `packed(").dec(need);
        m.str(")`, or split it into smaller fields").fail();
    }
}

/// Checks that the struct has no destructor.
#[track_caller]
#[inline]
pub const fn check_no_drop<T: ?Sized>(block: &str) {
    if core::mem::needs_drop::<T>() {
        let m = Message::new().str("`").str(block).str("` has a destructor, but values in device ");
        m.str("memory are never dropped: remove its `Drop` implementation").fail();
    }
}

/// Fails with the message for a constant index that is out of bounds, worded as in the standard
/// library.
#[track_caller]
pub(crate) const fn fail_index(start: usize, end: usize, len: usize) -> ! {
    let m = Message::new();
    if end == start.wrapping_add(1) {
        let m = m.str("index out of bounds: the len is ").dec(len);
        m.str(" but the index is ").dec(start).fail();
    }
    if start <= len && end <= len {
        m.str("slice index starts at ").dec(start).str(" but ends at ").dec(end).fail();
    }
    let m = if start > len {
        m.str("range start index ").dec(start)
    } else {
        m.str("range end index ").dec(end)
    };
    m.str(" out of range for slice of length ").dec(len).fail();
}

/// Fails with the message for a part of `found` elements that was converted to an array of `expected`.
#[track_caller]
pub(crate) const fn fail_part(found: usize, expected: usize) -> ! {
    let m = Message::new().str("the range selects ").dec(found);
    m.str(" elements, but the array has ").dec(expected).fail()
}

/// Checks that `count` registers of type `V`, from `offset` on and a `stride` apart, lie inside
/// `Base` and are aligned.
#[track_caller]
pub(crate) const fn check_locations<Base: ?Sized + KnownSize, V: ?Sized + KnownSize>(
    offset: usize,
    stride: usize,
    count: usize,
) {
    let (size, align) = (V::MIN_SIZE, V::MIN_ALIGN);
    if stride < size {
        let m = Message::new().str("an element has a size of ").hex(size).str(" bytes, but the ");
        m.str("stride is ").hex(stride).str(": the elements would overlap").fail();
    }
    if !stride.is_multiple_of(align) {
        let m = Message::new().str("the stride is ").hex(stride);
        m.str(", but the type of the elements requires a multiple of ").dec(align).fail();
    }
    check_location::<Base, V>(offset);
    if count > 1 {
        let last = match (count - 1).checked_mul(stride) {
            Some(distance) => offset.saturating_add(distance),
            None => usize::MAX,
        };
        check_location::<Base, V>(last);
    }
}

/// Checks that a register of type `V` at `offset` lies inside `Base` and is aligned, and that a `V`
/// of the minimum size exists.
#[track_caller]
pub(crate) const fn check_location<Base: ?Sized + KnownSize, V: ?Sized + KnownSize>(offset: usize) {
    let (size, align) = (V::MIN_SIZE, V::MIN_ALIGN);
    if !size.is_multiple_of(align) {
        let m = Message::new().str("the located region has a size of ").hex(size);
        m.str(" bytes, which must be a multiple of its alignment of ").dec(align).fail();
    }
    if size > Base::MIN_SIZE || offset > Base::MIN_SIZE - size {
        let m = Message::new().str("a register of ").bytes(size).str(" at offset ").hex(offset);
        m.str(" does not fit into a base of ").hex(Base::MIN_SIZE).str(" bytes").fail();
    }
    if align > Base::MIN_ALIGN {
        let m = Message::new().str("the register requires an alignment of ").dec(align);
        let m = m.str(", but its base has ").dec(Base::MIN_ALIGN);
        m.str(": name the alignment in the type: `Region<SIZE, A").dec(align).str(">`").fail();
    }
    if !offset.is_multiple_of(align) {
        let m = Message::new().str("the register is at offset ").hex(offset);
        m.str(", but its type requires a multiple of ").dec(align).fail();
    }
}

/// Checks that size and alignment guaranteed by the type of a view are sufficient for a cast to
/// `U`.
#[track_caller]
pub(crate) const fn check_cast<T: ?Sized + KnownSize, U>() {
    if size_of::<U>() > T::MIN_SIZE {
        let m = Message::new().str("the view's type guarantees ").hex(T::MIN_SIZE);
        let m = m.str(" bytes, but the cast requires ").hex(size_of::<U>());
        m.str(": use `try_cast`, or name the size in the type: `Region<SIZE>`").fail();
    }
    if align_of::<U>() > T::MIN_ALIGN {
        let m = Message::new().str("the view's type guarantees an alignment of ").dec(T::MIN_ALIGN);
        let m = m.str(", but the cast requires ").dec(align_of::<U>());
        let m = m.str(": use `try_cast`, or name the alignment in the type: `Region<SIZE, A");
        m.dec(align_of::<U>()).str(">`").fail();
    }
}

/// Checks that a device's registers can be copied field by field: no byte belongs to several fields
/// (offset, size and name of the first such field), and no access is wider than those of the
/// medium.
#[track_caller]
pub(crate) const fn check_copy(shared: Option<(usize, usize, &str)>, widest: Width, limit: Width) {
    if let Some((offset, size, name)) = shared {
        let m = Message::new().str("`").str(name).str("` shares the ").bytes(size);
        let m = m.str(" at offset ").hex(offset).str(" with another field, because of a union or ");
        m.str("an overlay: on a device, copy one of these fields by name").fail();
    }
    if widest.bytes() > limit.bytes() {
        let m = Message::new().str("a field is accessed by ").dec(widest.bits() as usize);
        let m = m.str(" bits, but the backend copies with at most ").dec(limit.bits() as usize);
        m.str(": declare a 64-bit field as `LoHi<u64>` or `HiLo<u64>`").fail();
    }
}
