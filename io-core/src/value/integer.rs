//! Integers, in the processor's byte order.

use super::{
    BareValue, CopyReadable, CopyWritable, FieldLayout, InPlace, IoLayout, IoValue, Plain,
    Readable, Repr, Unswapped, Updatable, Writable,
};

macro_rules! integers {
    ($($int:ident as $repr:ident),+ $(,)?) => {$(
        // SAFETY: one value of the integer's size; any bit pattern is valid.
        #[diagnostic::do_not_recommend]
        unsafe impl IoLayout for $int {
            const LAYOUT: FieldLayout = FieldLayout::of_repr::<$repr>();
        }

        // SAFETY: size and alignment are those of the representation.
        #[diagnostic::do_not_recommend]
        unsafe impl IoValue for $int {
            type Repr = $repr;
            type Read = $int;
            type Write = $int;

            #[inline(always)]
            fn decode(repr: $repr) -> $int {
                repr as $int
            }

            #[inline(always)]
            fn encode(value: $int) -> $repr {
                value as $repr
            }

            #[inline(always)]
            fn in_memory(value: $int) -> $int {
                value
            }

            #[inline(always)]
            fn from_memory(memory: $int) -> $int {
                memory
            }
        }

        #[diagnostic::do_not_recommend]
        impl Readable for $int {}
        #[diagnostic::do_not_recommend]
        impl Writable for $int {}
        #[diagnostic::do_not_recommend]
        impl Updatable for $int {}
        #[diagnostic::do_not_recommend]
        impl CopyReadable for $int {}
        #[diagnostic::do_not_recommend]
        impl CopyWritable for $int {}
        #[diagnostic::do_not_recommend]
        impl BareValue for $int {}
        #[diagnostic::do_not_recommend]
        impl Plain for $int {}
        #[diagnostic::do_not_recommend]
        impl Unswapped for $int {
            #[inline(always)]
            fn repr_of(value: $int) -> $repr {
                value as $repr
            }
        }

        // SAFETY: an integer and its representation have the same size and bytes.
        #[diagnostic::do_not_recommend]
        unsafe impl InPlace for $int {}
    )+};
}

integers!(u8 as u8, u16 as u16, u32 as u32, u64 as u64);
integers!(i8 as u8, i16 as u16, i32 as u32, i64 as u64);

/// The integer inside a newtype that derives `IoValue`.
///
/// # Safety
///
/// * The size of the type must be that of `Bits`.
/// * Any bit pattern must be a valid value, and a value must have no padding.
/// * The bytes of a value must be those of its `Bits`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a newtype with `#[derive(IoValue)]` must contain an integer, not `{Self}`",
    label = "not an integer",
    note = "byte order and access kind belong to the field that has this type: `status: \
            Ro<Le<Status>>`",
    note = "a type with `bits()` and `from_bits_retain()`, as `bitflags!` generates, requires its \
            width: `#[io(bits = u32)]`"
)]
pub unsafe trait Integer: Sized {
    /// The integer on the bus.
    type Bits: Repr + IoLayout;
    /// Converts the integer on the bus to the value.
    fn decode(bits: Self::Bits) -> Self;
    /// Converts the value to the integer on the bus.
    fn encode(self) -> Self::Bits;
}

/// Checks that a newtype with `#[io(bits = Bits)]` has the layout of `Bits`.
#[doc(hidden)]
#[track_caller]
pub const fn check_bits<T, Bits>() {
    assert!(
        size_of::<T>() == size_of::<Bits>() && align_of::<T>() >= align_of::<Bits>(),
        "the integer in `#[io(bits = …)]` must have the size and alignment of the type"
    );
}

macro_rules! integer {
    ($($int:ident)+) => {$(
        // SAFETY: an integer has the size and bytes of its representation and no padding, and any
        // bit pattern is valid.
        #[diagnostic::do_not_recommend]
        unsafe impl Integer for $int {
            type Bits = <$int as IoValue>::Repr;

            #[inline(always)]
            fn decode(bits: Self::Bits) -> Self {
                <$int as IoValue>::decode(bits)
            }

            #[inline(always)]
            fn encode(self) -> Self::Bits {
                <$int as IoValue>::encode(self)
            }
        }
    )+};
}

integer!(u8 u16 u32 u64 i8 i16 i32 i64);
