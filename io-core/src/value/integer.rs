//! Integers: plain values in the processor's byte order.

use super::{
    CopyReadable, CopyWritable, IoLayout, IoValue, Native, Plain, Readable, Repr, Shape, Unswapped,
    Updatable, Writable,
};

macro_rules! integers {
    ($($int:ident as $repr:ident),+ $(,)?) => {$(
        // SAFETY: one value of the integer's own size; any bit pattern is valid.
        #[diagnostic::do_not_recommend]
        unsafe impl IoLayout for $int {
            const SHAPE: Shape = Shape::of_repr::<$repr>();
        }

        // SAFETY: same size and alignment.
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
        impl Unswapped for $int {}
        #[diagnostic::do_not_recommend]
        impl Native for $int {
            #[inline(always)]
            fn from_repr(repr: $repr) -> $int {
                repr as $int
            }
        }
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
    note = "byte order and access kind are written where the field is: `Ro<Le<Status>>`",
    note = "what has `bits()` and `from_bits_retain()` says how wide it is: `#[io(bits = u32)]`"
)]
pub unsafe trait Integer: Sized {
    /// What goes over the bus.
    type Bits: Repr + IoLayout;
    /// From what goes over the bus.
    fn decode(bits: Self::Bits) -> Self;
    /// To what goes over the bus.
    fn encode(self) -> Self::Bits;
}

/// Checks that a newtype of something that is made of `Bits` has its layout.
#[doc(hidden)]
#[track_caller]
pub const fn check_bits<T, Bits>() {
    assert!(
        size_of::<T>() == size_of::<Bits>() && align_of::<T>() >= align_of::<Bits>(),
        "`#[io(bits = …)]` names another width than the type has"
    );
}

macro_rules! integer {
    ($($int:ident)+) => {$(
        // SAFETY: an integer.
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
