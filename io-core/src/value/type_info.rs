//! What a table of fields needs of a field's type, computed once a type.

use super::{IoLayout, Shape, Show};

/// Shape and sizes of a field type. Generated code hands it on.
#[doc(hidden)]
#[derive(Debug)]
pub struct TypeInfo {
    pub(crate) shape: Shape,
    pub(crate) size: usize,
    pub(crate) align: usize,
    /// What its offset must be a multiple of: its widest access.
    pub(crate) natural: usize,
    /// Whether every bit pattern is a value of it.
    pub(crate) any_bits: bool,
    pub(crate) show: Option<Show>,
}

impl TypeInfo {
    pub(crate) const fn of<T: IoLayout>() -> Self {
        let shape = T::SHAPE;
        let natural = shape.natural_align();
        let (size, align) = (size_of::<T>(), align_of::<T>());
        TypeInfo { shape, size, align, natural, any_bits: T::ANY_BITS, show: T::SHOW }
    }
}
