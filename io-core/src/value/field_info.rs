//! Description of one field of a block.

use super::{AccessKind, BitKinds, Endian, FieldLayout, IoLayout, ValueFormat, Width};

/// Description of one field of a block, as listed in [`IoStruct::FIELDS`](crate::IoStruct::FIELDS).
///
/// ```
/// use io_core::{Width, layout::{AccessKind, BitKinds, Endian, FieldLayout}, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Regs {
///     ctrl: Le<u32>,
///     /// Counts down.
///     count: Ro<Le<u16>>,
///     _reserved: Reserved<2>,
/// }
///
/// let count = &Regs::FIELDS[1];
/// assert_eq!((count.name, count.offset, count.size, count.doc), ("count", 4, 2, "Counts down."));
/// let (access, endian) = (AccessKind::ReadOnly, Endian::Little);
/// let bits = &BitKinds::PLAIN;
/// assert_eq!(count.layout, FieldLayout::Value { width: Width::W16, access, endian, bits });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldInfo {
    /// The field's name; for a tuple field, its index.
    pub name: &'static str,
    /// The offset in bytes from the block's start.
    pub offset: usize,
    /// Size in bytes.
    pub size: usize,
    /// The field's doc comment, with lines joined by `\n`; empty without a doc comment.
    pub doc: &'static str,
    /// The layout of its type, which contains nested blocks.
    pub layout: FieldLayout,
    /// `true` if every bit pattern is a valid value of its type; see [`IoLayout::ANY_BITS`].
    pub any_bits: bool,
    /// The format of its values in a trace; see [`IoLayout::FORMAT`].
    pub show: Option<ValueFormat>,
    /// The required alignment of the offset: the width of its widest access.
    pub(crate) natural: usize,
}

impl FieldInfo {
    /// The initial content of a table entry.
    pub(crate) const EMPTY: Self = FieldInfo {
        name: "",
        offset: 0,
        size: 0,
        doc: "",
        layout: FieldLayout::Block { fields: &[] },
        any_bits: true,
        show: None,
        natural: 1,
    };

    /// Creates the description of a field of type `T`.
    pub const fn new<T: IoLayout>(name: &'static str, offset: usize, doc: &'static str) -> Self {
        Self::of_type(name, offset, doc, T::INFO)
    }

    pub(crate) const fn of_type(
        name: &'static str,
        offset: usize,
        doc: &'static str,
        ty: &TypeInfo,
    ) -> Self {
        let TypeInfo { layout, size, natural, any_bits, show, .. } = *ty;
        FieldInfo { name, offset, size, doc, layout, any_bits, show, natural }
    }

    /// Creates the description of reserved bytes.
    #[doc(hidden)]
    pub const fn reserved(name: &'static str, offset: usize, end: usize) -> Self {
        let element = &FieldLayout::Value {
            width: Width::W8,
            access: AccessKind::Reserved,
            endian: Endian::Native,
            bits: &BitKinds::PLAIN,
        };
        let size = end - offset;
        FieldInfo {
            name,
            offset,
            size,
            doc: "",
            layout: FieldLayout::Array { count: size, stride: 1, element },
            any_bits: true,
            show: None,
            natural: 1,
        }
    }

    /// Creates the description of a field of type `Overlay<V>`: that of a `V`.
    #[doc(hidden)]
    pub const fn overlay<T: super::Overlaid>(
        name: &'static str,
        offset: usize,
        doc: &'static str,
    ) -> Self {
        // The memory belongs to the fields after the overlay, which have their own `any_bits`.
        FieldInfo { any_bits: true, ..FieldInfo::new::<T::Value>(name, offset, doc) }
    }

    /// Creates the description of `count` elements of type `T`, a `stride` apart.
    pub(crate) const fn strided<T: IoLayout>(
        name: &'static str,
        offset: usize,
        doc: &'static str,
        count: usize,
        stride: usize,
    ) -> Self {
        let size = match count.checked_sub(1) {
            Some(last) => last * stride + size_of::<T>(),
            None => 0,
        };
        let layout = FieldLayout::Array { count, stride, element: &T::LAYOUT };
        FieldInfo { size, layout, ..FieldInfo::new::<T>(name, offset, doc) }
    }

    /// The size of an element; of a field that is not an array, the size of the field.
    pub(crate) const fn element_size(&self) -> usize {
        match self.layout {
            FieldLayout::Array { count: 0, .. } => 0,
            FieldLayout::Array { count, stride, .. } => self.size - (count - 1) * stride,
            _ => self.size,
        }
    }

    /// Returns whether the byte at `offset` of the block is part of the field, or of one of its
    /// elements.
    pub(crate) const fn contains(&self, offset: usize) -> bool {
        let Some(rest) = offset.checked_sub(self.offset) else { return false };
        rest < self.size && (self.stride() == 0 || rest % self.stride() < self.element_size())
    }

    /// Creates the description of a trailing slice of `T`. Its `size` is 0, since the size is not a
    /// constant.
    pub const fn tail<T: IoLayout>(name: &'static str, offset: usize, doc: &'static str) -> Self {
        let layout = FieldLayout::Tail { stride: size_of::<T>(), element: &T::LAYOUT };
        let (natural, any_bits) = (T::INFO.natural, T::ANY_BITS);
        FieldInfo { name, offset, size: 0, doc, layout, any_bits, show: T::FORMAT, natural }
    }

    /// Returns the access kind of the field; for an array, that of its elements. `None` for a
    /// nested block, whose fields have their own access kinds.
    pub const fn access(&self) -> Option<AccessKind> {
        let mut layout = &self.layout;
        loop {
            match layout {
                FieldLayout::Value { access, .. } | FieldLayout::Halves { access, .. } => {
                    return Some(*access);
                }
                FieldLayout::Block { .. } | FieldLayout::Union { .. } => return None,
                FieldLayout::Array { element, .. } | FieldLayout::Tail { element, .. } => {
                    layout = *element
                }
            }
        }
    }

    /// Returns the number of elements: 1 unless the field is an array, 0 for a trailing slice,
    /// whose length only the view contains.
    pub const fn count(&self) -> usize {
        match self.layout {
            FieldLayout::Array { count, .. } => count,
            FieldLayout::Tail { .. } => 0,
            _ => 1,
        }
    }

    /// Returns the number of bytes from one element to the next: the size unless the field is an
    /// array.
    pub const fn stride(&self) -> usize {
        match self.layout {
            FieldLayout::Array { stride, .. } | FieldLayout::Tail { stride, .. } => stride,
            _ => self.size,
        }
    }

    /// Returns the fields of a nested block or union, or of the elements of an array of blocks;
    /// empty for values.
    pub const fn fields(&self) -> &'static [FieldInfo] {
        let mut layout = &self.layout;
        loop {
            match layout {
                FieldLayout::Value { .. } | FieldLayout::Halves { .. } => return &[],
                FieldLayout::Block { fields } | FieldLayout::Union { fields } => return fields,
                FieldLayout::Array { element, .. } | FieldLayout::Tail { element, .. } => {
                    layout = *element
                }
            }
        }
    }
}

/// Layout and sizes of a field type, computed once per type. Used by generated code.
#[doc(hidden)]
#[derive(Debug)]
pub struct TypeInfo {
    pub(crate) layout: FieldLayout,
    pub(crate) size: usize,
    pub(crate) align: usize,
    /// The required alignment of an offset: the width of the widest access.
    pub(crate) natural: usize,
    /// `true` if every bit pattern is a valid value.
    pub(crate) any_bits: bool,
    pub(crate) show: Option<ValueFormat>,
}

impl TypeInfo {
    pub(crate) const fn of<T: IoLayout>() -> Self {
        let layout = T::LAYOUT;
        let natural = layout.natural_align();
        let (size, align) = (size_of::<T>(), align_of::<T>());
        TypeInfo { layout, size, align, natural, any_bits: T::ANY_BITS, show: T::FORMAT }
    }
}
