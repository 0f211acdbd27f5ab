//! What every field type promises.

use super::{FieldInfo, Shape, Show, TypeInfo};

/// A type that a field of a register block or descriptor may have.
///
/// Implemented by integers, [`Le`](super::Le), [`Be`](super::Be), the access
/// kinds, [`DmaAddr`](super::DmaAddr), arrays of these, and everything that
/// derives [`IoStruct`](crate::IoStruct) or [`IoValue`](super::IoValue).
///
/// # Safety
///
/// * `SHAPE` describes the type's memory: its size, and every value at its
///   offset, aligned to its width. Values have no destructor. Whoever relies on
///   it evaluates `SHAPE`, which for generic structs runs the checks.
/// * If `ANY_BITS` is true, there is no padding, every byte is initialised, and
///   every bit pattern is a value of `Self`. If not, nobody makes a `Self` of
///   memory without a proof of another kind, such as zerocopy's `FromBytes`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a register block or descriptor",
    label = "not a field type",
    note = "fields are integers of 8 to 64 bits, `Le<_>`, `Be<_>`, an access kind such as `Ro<_>`, arrays of \
            these, or types with `#[derive(IoStruct)]` or `#[derive(IoValue)]`"
)]
pub unsafe trait IoLayout: Sized {
    /// The structure of the type.
    const SHAPE: Shape;

    /// Whether memory may be borrowed as a `Self` while a device writes what it
    /// likes there: true of integers and what is made of them, not of enums. A
    /// block's is found from its fields.
    const ANY_BITS: bool = match Self::SHAPE {
        Shape::Block { fields } | Shape::Union { fields } => all_any_bits(fields),
        _ => true,
    };

    /// How a value of the type reads in a trace, if numbers say too little; of an
    /// array, how its elements do.
    const SHOW: Option<Show> = None;

    /// Never given by an implementation.
    #[doc(hidden)]
    const INFO: &'static TypeInfo = &TypeInfo::of::<Self>();
}

/// Whether all fields take any bits.
const fn all_any_bits(fields: &[FieldInfo]) -> bool {
    let mut i = 0;
    while i < fields.len() {
        if !fields[i].any_bits {
            return false;
        }
        i += 1;
    }
    true
}

// SAFETY: `N` elements in a row without gaps is what an array is; a stride of
// `size_of::<T>()` is guaranteed by the language.
unsafe impl<T: IoLayout, const N: usize> IoLayout for [T; N] {
    const SHAPE: Shape =
        Shape::Array { count: N, stride: size_of::<T>(), element: &<T as IoLayout>::SHAPE };
    const ANY_BITS: bool = T::ANY_BITS;
    const SHOW: Option<Show> = T::SHOW;
}
