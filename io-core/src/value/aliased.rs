//! Bytes with two meanings: registers with different meanings for reads and writes, and fields that
//! overlap other fields.

use core::{fmt, marker::PhantomData};

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    BareValue, CopyReadable, CopyWritable, FieldLayout, InPlace, IoLayout, IoValue, Plain,
    Readable, Unswapped, Writable, in_place::number_of,
};

/// Two registers at one address: reads return an `R`, writes take a `W` of the same width.
///
/// For example, a read of a UART's data register returns a byte with error bits, and a write takes
/// only a byte. Reading a FIFO has an effect, which the access kind around the type specifies:
/// `RwSideEffect<Aliased<RxData, TxData>>`. A value that was read is never written back, so there
/// is no `io_update!`.
///
/// In a copied value, [`get`](Self::get) returns the `R` that was read, and [`new`](Self::new)
/// creates the `W` that is to be written.
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
    /// Creates the register content that a write of a `W` stores.
    #[inline(always)]
    pub fn new(value: W::Write) -> Self {
        Self(W::encode(value), PhantomData)
    }

    /// Creates the register content that a write of `value` stores, also in constants.
    ///
    /// ```
    /// use io_core::{Aliased, prelude::*};
    ///
    /// const START: Le<Aliased<i16, u16>> = Le::new(Aliased::from_inner(0xfffe));
    /// assert_eq!(START.get(), -2);
    /// ```
    #[inline(always)]
    pub const fn from_inner(value: W) -> Self
    where
        W: InPlace,
    {
        Self(number_of(value), PhantomData)
    }

    /// Returns the `R` in a copy that was read.
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

// SAFETY: `repr(transparent)` over an integer; the layout is that of the integer.
unsafe impl<R: Unswapped, W: Unswapped<Repr = R::Repr>> IoLayout for Aliased<R, W> {
    const LAYOUT: FieldLayout = FieldLayout::of_repr::<R::Repr>()
        .with_bits(const { &R::LAYOUT.bits().read_or_written(W::LAYOUT.bits()) });
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

    #[inline(always)]
    fn from_memory(memory: Self) -> R::Read {
        memory.get()
    }
}

macro_rules! verbs {
    ($($verb:ident if $read:ident, $written:ident;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<R, W> $verb for Aliased<R, W>
        where
            R: Unswapped + $read,
            W: Unswapped<Repr = R::Repr> + $written,
        {
        }
    )+};
}

// Bits are not cleared, set or toggled here: the plain bits of a `W` cannot be read.
verbs! {
    Readable if Unswapped, Unswapped;
    Writable if Unswapped, Unswapped;
    BareValue if Unswapped, Unswapped;
    CopyReadable if CopyReadable, Unswapped;
    CopyWritable if Unswapped, CopyWritable;
    Plain if Plain, Plain;
}

impl<R: Unswapped, W: Unswapped<Repr = R::Repr>> Unswapped for Aliased<R, W> {
    #[inline(always)]
    fn repr_of(value: Self) -> R::Repr {
        value.0
    }
}

// SAFETY: `repr(transparent)` over an integer, as every `Repr` is, which is the number.
#[diagnostic::do_not_recommend]
unsafe impl<R: Unswapped, W: Unswapped<Repr = R::Repr>> InPlace for Aliased<R, W> {}

/// A field that overlaps the fields after it.
///
/// Generated by `#[io_struct]` for fields with `#[io(overlay)]`. A projection to it is a view of a
/// `V`. It takes no space: in a copy of the whole struct, its bytes are those of the fields after
/// it.
///
/// ```
/// use io_core::prelude::*;
///
/// #[io_struct(size = 0x8)]
/// struct Uart {
///     #[io(at = 0x0)]
///     receive: Ro<Le<u32>>,
///     #[io(at = 0x0, overlay)]
///     transmit: Wo<Le<u32>>,
///     #[io(at = 0x4)]
///     status: Ro<Le<u32>>,
/// }
///
/// fn echo<'a>(uart: impl Io<'a, Target = Uart, Backend: Bus32>) {
///     io_write!(uart, .transmit, io_read!(uart, .receive));
/// }
/// assert_eq!(size_of::<Uart>(), 8);
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(transparent)]
pub struct Overlay<V>([V; 0]);

/// The type that an overlay is a view of.
///
/// # Safety
///
/// `Self` must be [`Overlay<Self::Value>`](Overlay).
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`#[io(overlay)]` is for a field of type `Overlay<_>`, not `{Self}`",
    label = "not an overlay",
    note = "with `#[derive(IoStruct)]`, declare the field as `Overlay<{Self}>`; `#[io_struct]` \
            adds `Overlay`"
)]
pub unsafe trait Overlaid {
    /// The type of the view.
    type Value: IoLayout;
}

// SAFETY: `Overlay<V>` itself.
#[diagnostic::do_not_recommend]
unsafe impl<V: IoLayout> Overlaid for Overlay<V> {
    type Value = V;
}

#[diagnostic::do_not_recommend]
impl<V: CopyReadable> CopyReadable for Overlay<V> {}
#[diagnostic::do_not_recommend]
impl<V: CopyWritable> CopyWritable for Overlay<V> {}
