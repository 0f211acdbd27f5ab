//! Byte orders as types: `Le<T>` and `Be<T>`. These types swap bytes; no backend does.

use core::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
};

use io_mem::vm::{Pod, PodOnce};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    BareValue, Clearable, CopyReadable, CopyWritable, DmaAddr, DmaAddr32, Endian, FieldLayout,
    InPlace, IoLayout, IoValue, Plain, Readable, Repr, Settable, Toggleable, Unswapped, Updatable,
    ValueFormat, Writable,
    in_place::{in_order, number_of},
};

/// A type whose number [`Le<_>`](Le) and [`Be<_>`](Be) can store: every type that implements
/// [`IoValue`].
#[diagnostic::on_unimplemented(
    message = "`Le<_>` and `Be<_>` cannot contain `{Self}`",
    label = "not a value of one access",
    note = "for an array, write `[Le<_>; N]`; for a block, declare the byte order of each of its \
            fields",
    note = "in `Narrow<T, W>`, `W` must be `u8`, `u16`, `u32` or `u64`, and at least as wide as `T`",
    note = "a `#[repr(transparent)]` newtype becomes a value with `#[derive(IoValue)]`"
)]
pub trait Number: IoValue {}

#[diagnostic::do_not_recommend]
impl<T: IoValue> Number for T {}

/// A value in little-endian byte order: the least significant byte is first.
///
/// ```
/// use io_core::{prelude::*, zerocopy::IntoBytes};
///
/// #[derive(Debug, PartialEq, IoValue)]
/// #[repr(u16)]
/// enum Mode { Off = 0, On = 0x102 }
///
/// const ON: Le<Mode> = Le::new(Mode::On);
/// assert_eq!((ON.as_bytes(), ON.get()), (&[2, 1][..], Ok(Mode::On)));
///
/// let len: Le<u32> = 5.into();
/// assert_eq!((len.get(), u32::from(len), len.to_string()), (5, 5, "5".to_owned()));
/// ```
///
/// The stored integer is private, because it has the device's byte order:
///
/// ```compile_fail,E0616
/// # use io_core::prelude::*;
/// assert_eq!(Le::<u32>::new(5).0, 5);
/// ```
///
/// `T` is an integer, a [`DmaAddr`], a [`Narrow`](super::Narrow) or a type that derives
/// [`IoValue`](macro@crate::IoValue), enums included. The type contains the integer `T::Repr` with
/// its bytes in this order, for which every bit pattern is valid, and has that integer's size and
/// alignment.
///
/// [`new`](Self::new) and [`get`](Self::get) convert, as do `From` and `into`. Two values are equal
/// if their numbers are; integers and addresses are ordered by their value.
///
/// # Invariants
///
/// The type is `repr(transparent)` over `T::Repr`.
#[derive(FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(transparent)]
pub struct Le<T: Number>(T::Repr, PhantomData<T>);

/// A value in big-endian byte order: the most significant byte is first.
///
/// ```
/// use io_core::{prelude::*, zerocopy::IntoBytes};
///
/// let length = Be::<u32>::new(0x102);
/// assert_eq!((length.as_bytes(), length.get()), (&[0, 0, 1, 2][..], 0x102));
/// assert!(length < Be::new(0x200));
/// ```
///
/// `T` is an integer, a [`DmaAddr`], a [`Narrow`](super::Narrow) or a type that derives
/// [`IoValue`](macro@crate::IoValue), enums included. The type contains the integer `T::Repr` with
/// its bytes in this order, for which every bit pattern is valid, and has that integer's size and
/// alignment.
///
/// [`new`](Self::new) and [`get`](Self::get) convert, as do `From` and `into`. Two values are equal
/// if their numbers are; integers and addresses are ordered by their value.
///
/// # Invariants
///
/// The type is `repr(transparent)` over `T::Repr`.
#[derive(FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(transparent)]
pub struct Be<T: Number>(T::Repr, PhantomData<T>);

macro_rules! formats {
    ($order:ident: $($format:ident)+) => {$(
        /// The format of the value.
        impl<T: Unswapped<Read: fmt::$format>> fmt::$format for $order<T> {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.get().fmt(f)
            }
        }
    )+};
}

macro_rules! numbers {
    ($order:ident: $($number:ident)+) => {$(
        impl From<$order<$number>> for $number {
            #[inline(always)]
            fn from(ordered: $order<$number>) -> Self {
                ordered.get()
            }
        }

        impl PartialOrd for $order<$number> {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $order<$number> {
            #[inline]
            fn cmp(&self, other: &Self) -> Ordering {
                self.get().cmp(&other.get())
            }
        }
    )+};
}

macro_rules! endian {
    ($($order:ident $endian:ident $swap:ident),+) => {$(
        impl<T: Unswapped> $order<T> {
            /// Creates the value whose number is `number`, in the processor's byte order.
            ///
            /// For constants of types with `#[io(bits = …)]`: `Le::from_ne(Status::READY.bits())`.
            #[inline(always)]
            pub const fn from_ne(number: T::Repr) -> Self {
                Self(in_order(number, Endian::$endian), PhantomData)
            }

            /// Returns the number, in the processor's byte order.
            #[inline(always)]
            pub const fn to_ne(self) -> T::Repr {
                in_order(self.0, Endian::$endian)
            }

            /// Returns the value; for an enum, a `Result`, since every bit pattern is possible.
            #[inline(always)]
            pub fn get(self) -> T::Read {
                Self::decode(self.0)
            }
        }

        impl<T: Unswapped + InPlace> $order<T> {
            /// Creates the field content for `value`, also in constants.
            ///
            /// Types with `#[io(bits = …)]` are converted by `From`, and in constants by
            /// [`from_ne`](Self::from_ne).
            #[inline(always)]
            pub const fn new(value: T) -> Self {
                Self::from_ne(number_of(value))
            }
        }

        impl<T: Unswapped> From<T> for $order<T> {
            #[inline(always)]
            fn from(value: T) -> Self {
                Self(T::repr_of(value).$swap(), PhantomData)
            }
        }

        impl<T: IoValue> Clone for $order<T> {
            #[inline]
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T: IoValue> Copy for $order<T> {}

        impl<T: Unswapped + Default> Default for $order<T> {
            #[inline]
            fn default() -> Self {
                T::default().into()
            }
        }

        impl<T: IoValue> PartialEq for $order<T> {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }

        impl<T: IoValue> Eq for $order<T> {}

        impl<T: IoValue> Hash for $order<T> {
            #[inline]
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.to_u64().hash(state);
            }
        }

        formats!($order: Debug Display LowerHex UpperHex Octal Binary);

        // SAFETY: `repr(transparent)` over the integer, with the layout of a value of its width.
        // Every bit pattern of an integer is valid.
        unsafe impl<T: Unswapped> IoLayout for $order<T> {
            const LAYOUT: FieldLayout = FieldLayout::of_repr::<T::Repr>()
                .with_bits(T::LAYOUT.bits())
                .with_endian(Endian::$endian);
            const ANY_BITS: bool = true;
            const FORMAT: Option<ValueFormat> = T::FORMAT;
        }

        // SAFETY: `repr(transparent)` over the integer, which is one word.
        #[diagnostic::do_not_recommend]
        unsafe impl<T: Unswapped> IoValue for $order<T> {
            type Repr = T::Repr;
            type Read = T::Read;
            type Write = T::Write;

            const UNUSED_BITS: u64 = T::UNUSED_BITS;

            #[inline(always)]
            fn decode(repr: T::Repr) -> T::Read {
                T::decode(repr.$swap())
            }

            #[inline(always)]
            fn encode(value: T::Write) -> T::Repr {
                T::encode(value).$swap()
            }

            #[inline(always)]
            fn in_memory(value: T::Write) -> Self {
                Self(Self::encode(value), PhantomData)
            }

            #[inline(always)]
            fn from_memory(memory: Self) -> T::Read {
                memory.get()
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T: Unswapped> Readable for $order<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Unswapped> Writable for $order<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Unswapped + Updatable> Updatable for $order<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Unswapped> BareValue for $order<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Unswapped + CopyReadable> CopyReadable for $order<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Unswapped + CopyWritable> CopyWritable for $order<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Unswapped + Clearable> Clearable for $order<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Unswapped + Settable> Settable for $order<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Unswapped + Toggleable> Toggleable for $order<T> {}
        #[diagnostic::do_not_recommend]
        impl<T: Unswapped + Plain> Plain for $order<T> {}

        #[diagnostic::do_not_recommend]
        impl<T: Unswapped> PodOnce for $order<T>
        where
            $order<T>: Pod,
        {
            type Word = T::Repr;
        }

        // SAFETY: `repr(transparent)` over an integer, which is the word that is stored.
        #[diagnostic::do_not_recommend]
        unsafe impl<T: Unswapped> InPlace for $order<T> {}

        numbers!($order: u8 u16 u32 u64 i8 i16 i32 i64 DmaAddr DmaAddr32);
    )+};
}

endian!(Le Little to_le, Be Big to_be);
