//! Bytes with two meanings: registers that are one thing when read and another when written, and
//! fields that lie over other fields.

use core::{fmt, marker::PhantomData};

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    Be, CopyReadable, CopyWritable, FieldLayout, IoLayout, IoValue, Le, Native, Plain, Readable,
    Repr, Unswapped, Writable,
};

/// Two registers at one address: reads give an `R`, writes take a `W` of the
/// same width.
///
/// A UART's data register, say: read, it is a byte with error bits; written, a
/// byte alone. Reading a FIFO has an effect, which the kind around says:
/// `RwSideEffect<Aliased<RxData, TxData>>`. What is read is never written back, so
/// there is no `io_update!`.
///
/// In a copied value, [`get`](Self::get) gives the `R` that was read, and
/// [`new`](Self::new) holds the `W` that is to be written.
///
/// ```
/// use io_core::{Aliased, RwSideEffect, prelude::*};
///
/// #[derive(Debug, PartialEq, IoValue)]
/// #[repr(transparent)]
/// struct RxData(u16);
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Uart {
///     data: RwSideEffect<Le<Aliased<RxData, Narrow<u8, u16>>>>,
/// }
///
/// # let mut word = 0x0841_u16.to_le();
/// # // SAFETY: the exclusive borrow of `word` covers a `Uart`.
/// # let uart = unsafe { SysMem::new((&raw mut word).cast::<Uart>()) };
/// assert_eq!(io_read!(uart, .data), RxData(0x841));
/// io_write!(uart, .data, b'A');
/// # assert_eq!(word, 0x41_u16.to_le());
/// ```
#[derive(FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(transparent)]
pub struct Aliased<R: IoValue, W>(R::Repr, PhantomData<(R, W)>);

impl<R: Unswapped, W: Unswapped<Repr = R::Repr>> Aliased<R, W> {
    /// The register as a `W` is written to it.
    #[inline(always)]
    pub fn new(value: W::Write) -> Self {
        Self(W::encode(value), PhantomData)
    }

    /// The `R` in a copy that was read.
    #[inline(always)]
    pub fn get(self) -> R::Read {
        R::decode(self.0)
    }
}

impl<R: IoValue, W> Clone for Aliased<R, W> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: IoValue, W> Copy for Aliased<R, W> {}

impl<R: IoValue, W> PartialEq for Aliased<R, W> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<R: IoValue, W> Eq for Aliased<R, W> {}

impl<R: IoValue, W> fmt::Debug for Aliased<R, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Aliased({:#x})", self.0)
    }
}

// SAFETY: `repr(transparent)` over the integer whose layout this is.
unsafe impl<R: Unswapped, W: Unswapped<Repr = R::Repr>> IoLayout for Aliased<R, W> {
    const LAYOUT: FieldLayout = FieldLayout::of_repr::<R::Repr>();
}

// SAFETY: `repr(transparent)` over an integer, which is one word.
#[diagnostic::do_not_recommend]
unsafe impl<R: Unswapped, W: Unswapped<Repr = R::Repr>> IoValue for Aliased<R, W> {
    type Repr = R::Repr;
    type Read = R::Read;
    type Write = W::Write;

    #[inline(always)]
    fn decode(repr: R::Repr) -> R::Read {
        R::decode(repr)
    }

    #[inline(always)]
    fn encode(value: W::Write) -> R::Repr {
        W::encode(value)
    }

    #[inline(always)]
    fn in_memory(value: W::Write) -> Self {
        Self::new(value)
    }
}

macro_rules! verbs {
    ($($verb:ident)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<R, W> $verb for Aliased<R, W>
        where
            R: Unswapped,
            W: Unswapped<Repr = R::Repr>,
        {
        }
    )+};
}

verbs!(Readable Writable CopyReadable CopyWritable);

impl<R: Unswapped, W: Unswapped<Repr = R::Repr>> Plain for Aliased<R, W> {}
impl<R: Unswapped, W: Unswapped<Repr = R::Repr>> Unswapped for Aliased<R, W> {}

#[diagnostic::do_not_recommend]
impl<R: Unswapped, W: Unswapped<Repr = R::Repr>> Native for Aliased<R, W> {
    #[inline(always)]
    fn from_repr(repr: R::Repr) -> Self {
        Self(repr, PhantomData)
    }
}

macro_rules! orders {
    ($($order:ident $swap:ident),+) => {$(
        impl<R: IoValue, W> From<Aliased<R, W>> for $order<Aliased<R, W>> {
            #[inline(always)]
            fn from(aliased: Aliased<R, W>) -> Self {
                $order(Aliased(aliased.0.$swap(), PhantomData))
            }
        }

        impl<R: IoValue, W> From<$order<Aliased<R, W>>> for Aliased<R, W> {
            #[inline(always)]
            fn from(swapped: $order<Aliased<R, W>>) -> Self {
                Aliased(swapped.0.0.$swap(), PhantomData)
            }
        }
    )+};
}

orders!(Le to_le, Be to_be);

/// A field that lies over the fields behind it: read one, write another.
///
/// Made by `#[io_struct]` of fields with `#[io(overlay)]`; projecting to it
/// gives a view of a `V`. It takes no space of its own: what a copy of the whole
/// struct holds there, the fields behind it hold.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(transparent)]
pub struct Overlay<V>([V; 0]);

/// What an overlay is a view of. Sealed, since `Overlay` is the only one.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`#[io(overlay)]` is for a field of type `Overlay<_>`, not `{Self}`",
    label = "not an overlay",
    note = "`#[io_struct]` makes the type an overlay by itself; a plain `IoStruct` names it"
)]
pub trait Overlaid {
    /// The type of the view.
    type Value: IoLayout;
}

#[diagnostic::do_not_recommend]
impl<V: IoLayout> Overlaid for Overlay<V> {
    type Value = V;
}

#[diagnostic::do_not_recommend]
impl<V: CopyReadable> CopyReadable for Overlay<V> {}
#[diagnostic::do_not_recommend]
impl<V: CopyWritable> CopyWritable for Overlay<V> {}
