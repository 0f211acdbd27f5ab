//! Integers: plain values in the processor's byte order.

use super::{
    Access, CopyReadable, CopyWritable, Endian, IoLayout, IoValue, Native, Plain, Readable, Repr,
    Shape, Updatable, Writable,
};

macro_rules! integers {
    ($($int:ident as $repr:ident),+ $(,)?) => {$(
        // SAFETY: one value of the integer's own size; any bit pattern is valid.
        #[diagnostic::do_not_recommend]
        unsafe impl IoLayout for $int {
            const SHAPE: Shape = Shape::Value {
                width: <$repr as Repr>::WIDTH,
                access: Access::ReadWrite,
                endian: Endian::Native,
            };
        }

        // SAFETY: same size and alignment; any bit pattern is valid.
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
        impl Plain for $int {}
        #[diagnostic::do_not_recommend]
        impl Native for $int {}
    )+};
}

integers!(u8 as u8, u16 as u16, u32 as u32, u64 as u64);
integers!(i8 as u8, i16 as u16, i32 as u32, i64 as u64);

/// The integer inside a newtype that derives `IoValue`.
///
/// # Safety
///
/// An integer: its size is that of `Bits`, and any bit pattern is one.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`#[derive(IoValue)]` needs an integer inside, not `{Self}`",
    label = "not an integer",
    note = "byte order and access kind are written where the field is: `Ro<Le<Status>>`"
)]
pub unsafe trait Integer: Copy {
    /// What goes over the bus.
    type Bits: Repr;
    /// The structure of the type.
    const SHAPE: Shape;
    /// From what goes over the bus.
    fn decode(bits: Self::Bits) -> Self;
    /// To what goes over the bus.
    fn encode(self) -> Self::Bits;
    /// Native to little-endian and back.
    #[must_use]
    fn to_le(self) -> Self;
    /// Native to big-endian and back.
    #[must_use]
    fn to_be(self) -> Self;
}

macro_rules! integer {
    ($($int:ident)+) => {$(
        // SAFETY: an integer.
        #[diagnostic::do_not_recommend]
        unsafe impl Integer for $int {
            type Bits = <$int as IoValue>::Repr;
            const SHAPE: Shape = <$int as IoLayout>::SHAPE;

            #[inline(always)]
            fn decode(bits: Self::Bits) -> Self {
                <$int as IoValue>::decode(bits)
            }

            #[inline(always)]
            fn encode(self) -> Self::Bits {
                <$int as IoValue>::encode(self)
            }

            #[inline(always)]
            fn to_le(self) -> Self {
                $int::to_le(self)
            }

            #[inline(always)]
            fn to_be(self) -> Self {
                $int::to_be(self)
            }
        }
    )+};
}

integer!(u8 u16 u32 u64 i8 i16 i32 i64);
