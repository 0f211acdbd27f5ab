//! Values whose bytes are their number, and conversions of integers in constants, where methods of
//! traits cannot be called.

use core::mem::{ManuallyDrop, transmute_copy};

use super::{Endian, IoValue, Repr, Width};

/// A value whose bytes are the number in its register, so that it can be converted in constants:
/// [`Le::new`](super::Le::new), [`Narrow::from_inner`](super::Narrow::from_inner).
///
/// Implemented by integers, [`DmaAddr`](super::DmaAddr), [`Narrow`](super::Narrow),
/// [`Aliased`](super::Aliased), `Le<_>`, `Be<_>`, and by types that derive [`IoValue`](macro@crate::IoValue), unless they have
/// `#[io(bits = …)]`: such a type may have padding.
///
/// # Safety
///
/// * `Self` must have the size of `Self::Repr`, and no padding: every byte must be initialised.
/// * The bytes must be those of the integer that an access stores to write this value.
#[diagnostic::on_unimplemented(
    message = "the bytes of `{Self}` are not known to be its number",
    label = "cannot be converted in a constant",
    note = "for a type with `#[io(bits = …)]`, write `Le::from_ne(VALUE.bits())` in a constant, and \
            `Le::from(value)` elsewhere"
)]
pub unsafe trait InPlace: IoValue {}

/// Returns the number of a value, in the byte order of its type.
#[inline(always)]
pub(super) const fn number_of<T: InPlace>(value: T) -> T::Repr {
    const { assert!(size_of::<T>() == size_of::<T::Repr>()) };
    let value = ManuallyDrop::new(value);
    // SAFETY: the types have the same size, as just checked. All bytes of the value are
    // initialised, as `InPlace` requires, and any bytes are a valid integer.
    unsafe { transmute_copy(&value) }
}

/// Converts an integer from native byte order to `order`, or back. Unlike the methods of [`Repr`],
/// it can be called in constants.
#[inline(always)]
pub(super) const fn in_order<R: Repr>(number: R, order: Endian) -> R {
    if order.is_big() == Endian::Native.is_big() {
        return number;
    }
    match R::WIDTH {
        Width::W8 => number,
        Width::W16 => same_bytes(same_bytes::<R, u16>(number).swap_bytes()),
        Width::W32 => same_bytes(same_bytes::<R, u32>(number).swap_bytes()),
        Width::W64 => same_bytes(same_bytes::<R, u64>(number).swap_bytes()),
    }
}

/// Returns an integer as the integer type of the same width that `B` is.
#[inline(always)]
const fn same_bytes<A: Repr, B: Repr>(number: A) -> B {
    assert!(size_of::<A>() == size_of::<B>());
    // SAFETY: the types have the same size, as just checked, and are unsigned integers, since
    // `Repr` is sealed: all bytes are initialised, and any bytes are valid.
    unsafe { transmute_copy(&number) }
}

/// Returns an integer with the same value; the upper bits are cut off if `B` is narrower.
#[inline(always)]
pub(super) const fn resized<A: Repr, B: Repr>(number: A) -> B {
    let number = match A::WIDTH {
        Width::W8 => same_bytes::<A, u8>(number) as u64,
        Width::W16 => same_bytes::<A, u16>(number) as u64,
        Width::W32 => same_bytes::<A, u32>(number) as u64,
        Width::W64 => same_bytes::<A, u64>(number),
    };
    match B::WIDTH {
        Width::W8 => same_bytes(number as u8),
        Width::W16 => same_bytes(number as u16),
        Width::W32 => same_bytes(number as u32),
        Width::W64 => same_bytes(number),
    }
}
