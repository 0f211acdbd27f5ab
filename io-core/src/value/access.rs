//! Access kinds as types, as in the "access" column of data sheets.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    AccessKind, Clearable, CopyReadable, CopyWritable, FieldLayout, IoLayout, IoValue, Plain,
    Readable, Settable, Updatable, ValueFormat, Writable,
};

macro_rules! access_kind {
    ($(#[$doc:meta])+ $kind:ident $access:ident: $($verb:ident $(if $bound:ident)?),*) => {
        $(#[$doc])+
        ///
        /// In a copied value, [`new`](Self::new) and [`get`](Self::get) give access to the value.
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, Hash,
            FromBytes, IntoBytes, Immutable, KnownLayout,
        )]
        #[repr(transparent)]
        pub struct $kind<T>(T);

        impl<T> $kind<T> {
            /// Returns the value in a copy that was read.
            #[inline(always)]
            pub fn get(self) -> T {
                self.0
            }
        }

        impl<T: Plain> $kind<T> {
            /// Creates the field of a value that is to be written as a whole.
            #[inline(always)]
            pub fn new(value: T::Write) -> Self {
                Self(T::in_memory(value))
            }
        }

        impl<T> From<T> for $kind<T> {
            #[inline(always)]
            fn from(value: T) -> Self {
                Self(value)
            }
        }

        // SAFETY: `repr(transparent)` over `T`; the layout is that of `T`.
        unsafe impl<T: Plain> IoLayout for $kind<T> {
            const LAYOUT: FieldLayout = T::LAYOUT.with_access(AccessKind::$access);
            const ANY_BITS: bool = T::ANY_BITS;
            const FORMAT: Option<ValueFormat> = T::FORMAT;
        }

        // SAFETY: `repr(transparent)` over `T`, which fulfils the contract.
        #[diagnostic::do_not_recommend]
        unsafe impl<T: Plain> IoValue for $kind<T> {
            type Repr = T::Repr;
            type Read = T::Read;
            type Write = T::Write;

            #[inline(always)]
            fn decode(repr: T::Repr) -> T::Read {
                T::decode(repr)
            }

            #[inline(always)]
            fn encode(value: T::Write) -> T::Repr {
                T::encode(value)
            }

            #[inline(always)]
            fn in_memory(value: T::Write) -> Self {
                Self::new(value)
            }

            #[inline(always)]
            fn read_by<E>(
                read: impl FnMut(usize) -> Result<T::Repr, E>,
            ) -> Result<T::Read, E> {
                T::read_by(read)
            }

            #[inline(always)]
            fn write_by<E>(
                value: T::Write,
                write: impl FnMut(usize, T::Repr) -> Result<(), E>,
            ) -> Result<(), E> {
                T::write_by(value, write)
            }
        }

        $(
            #[diagnostic::do_not_recommend]
            impl<T: Plain $(+ $bound)?> $verb for $kind<T> {}
        )*
    };
}

access_kind! {
    /// Read-only ("RO"); reading has no effect.
    Ro ReadOnly: Readable, CopyReadable
}
access_kind! {
    /// Read-only; reading has an effect, such as removing an entry from a FIFO.
    RoSideEffect ReadOnlyEffect: Readable
}
access_kind! {
    /// Read-write ("RW"): the same operations as the bare type, stated explicitly.
    Rw ReadWrite: Readable, Writable, Updatable if Updatable, CopyReadable, CopyWritable
}
access_kind! {
    /// Read-write, where reading has an effect: the data register of a FIFO, for example.
    RwSideEffect ReadWriteEffect: Readable, Writable
}
access_kind! {
    /// Write-only ("WO"), such as a doorbell.
    Wo WriteOnly: Writable, CopyWritable
}
access_kind! {
    /// Ownership field of the enclosing descriptor. Written last and read first, only by
    /// [`publish`](crate::Io::publish) and [`consume`](crate::Io::consume), which execute the
    /// barrier between it and the body.
    OwnBit OwnBit:
}
access_kind! {
    /// Write-one-to-clear ("W1C"): can be read; [`clear_bits`](crate::Io::clear_bits) clears bits.
    W1c WriteOneToClear: Readable, Clearable, CopyReadable
}
access_kind! {
    /// Write-one-to-set ("W1S"): can be read; [`set_bits`](crate::Io::set_bits) sets bits.
    W1s WriteOneToSet: Readable, Settable, CopyReadable
}
access_kind! {
    /// Write-only; ones that are written clear bits, often of another register: an interrupt clear
    /// register ("ICR") next to the status register, for example. Written by
    /// [`clear_bits`](crate::Io::clear_bits).
    WoW1c WriteOnlyOneToClear: Clearable
}
access_kind! {
    /// Write-only; ones that are written set bits, often of another register: the set register of a
    /// set/clear pair, for example. Written by [`set_bits`](crate::Io::set_bits).
    WoW1s WriteOnlyOneToSet: Settable
}
access_kind! {
    /// Read-to-clear ("RC"): every read has an effect.
    ReadToClear ReadToClear: Readable
}
access_kind! {
    /// Self-clearing ("SC"): ones that are written start an operation, and read as zero once it is
    /// complete.
    SelfClearing SelfClearing: Readable, Writable, CopyReadable
}

/// The type of an ownership field: [`OwnBit<_>`](OwnBit). Sealed.
#[diagnostic::on_unimplemented(
    message = "`#[io(own_bit)]` is for a field of type `OwnBit<_>`, not `{Self}`",
    label = "not an `OwnBit<_>`",
    note = "declare the field as `OwnBit<{Self}>`: `publish` writes it last, and `consume` reads \
            it first"
)]
pub trait OwnBitField: IoValue + sealed::Sealed {}

impl<T: Plain> OwnBitField for OwnBit<T> {}

mod sealed {
    pub trait Sealed {}
    impl<T: super::Plain> Sealed for super::OwnBit<T> {}
}
