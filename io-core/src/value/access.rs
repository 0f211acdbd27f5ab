//! Access kinds as types: what the data sheet's "access" column says.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    AccessKind, Clearable, CopyReadable, CopyWritable, FieldLayout, IoLayout, IoValue, Plain,
    Readable, Settable, Updatable, ValueFormat, Writable,
};

macro_rules! access_kind {
    ($(#[$doc:meta])+ $kind:ident $access:ident: $($verb:ident $(if $bound:ident)?),*) => {
        $(#[$doc])+
        ///
        /// In a copied value, [`new`](Self::new) and [`get`](Self::get) reach the bits.
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, Hash,
            FromBytes, IntoBytes, Immutable, KnownLayout,
        )]
        #[repr(transparent)]
        pub struct $kind<T>(T);

        impl<T> $kind<T> {
            /// The value in a copy that was read.
            #[inline(always)]
            pub fn get(self) -> T {
                self.0
            }
        }

        impl<T: Plain> $kind<T> {
            /// The field of a value that is to be written as a whole.
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

        // SAFETY: `repr(transparent)` over `T`, whose layout this is.
        unsafe impl<T: Plain> IoLayout for $kind<T> {
            const LAYOUT: FieldLayout = T::LAYOUT.with_access(AccessKind::$access);
            const ANY_BITS: bool = T::ANY_BITS;
            const FORMAT: Option<ValueFormat> = T::FORMAT;
        }

        // SAFETY: `repr(transparent)` over `T`, which keeps the contract.
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
    /// Read-only; reading has no effect ("RO").
    Ro ReadOnly: Readable, CopyReadable
}
access_kind! {
    /// Read-only; reading has an effect, such as taking from a FIFO.
    RoSideEffect ReadOnlyEffect: Readable
}
access_kind! {
    /// Read-write ("RW"): the same verbs as the bare type, said aloud.
    Rw ReadWrite: Readable, Writable, Updatable if Updatable, CopyReadable, CopyWritable
}
access_kind! {
    /// Read-write, where reading has an effect: a FIFO's data register.
    RwSideEffect ReadWriteEffect: Readable, Writable
}
access_kind! {
    /// Write-only ("WO"), such as a doorbell.
    Wo WriteOnly: Writable, CopyWritable
}
access_kind! {
    /// Says whose the struct around it is: written last, read first, and both by
    /// [`publish`](crate::Io::publish) and [`consume`](crate::Io::consume) only, which put the barrier between.
    OwnBit OwnBit:
}
access_kind! {
    /// Write-one-to-clear ("W1C"): read it, or [`clear`](crate::Io::clear_bits) bits.
    W1c WriteOneToClear: Readable, Clearable, CopyReadable
}
access_kind! {
    /// Write-one-to-set ("W1S"): read it, or [`set`](crate::Io::set_bits) bits.
    W1s WriteOneToSet: Readable, Settable, CopyReadable
}
access_kind! {
    /// Write-only, and written ones clear, often bits of another register: an
    /// interrupt clear register ("ICR") beside the status. [`clear`](crate::Io::clear_bits) it.
    WoW1c WriteOnlyOneToClear: Clearable
}
access_kind! {
    /// Write-only, and written ones set, often bits of another register: the
    /// set half of a set/clear pair. [`set`](crate::Io::set_bits) it.
    WoW1s WriteOnlyOneToSet: Settable
}
access_kind! {
    /// Read-to-clear ("RC"): every read counts.
    ReadToClear ReadToClear: Readable
}
access_kind! {
    /// Self-clearing ("SC"): written ones start something and read as zero
    /// once it is done.
    SelfClearing SelfClearing: Readable, Writable, CopyReadable
}

/// The type of a field that hands its struct over: [`OwnBit<_>`](OwnBit). Sealed.
#[diagnostic::on_unimplemented(
    message = "`#[io(own_bit)]` is for a field of type `OwnBit<_>`, not `{Self}`",
    label = "this field can be read and written at any time",
    note = "declare it as `OwnBit<_>`: it is then written by `publish` and read by `consume` only"
)]
pub trait OwnBitField: IoValue + sealed::Sealed {}

impl<T: Plain> OwnBitField for OwnBit<T> {}

mod sealed {
    pub trait Sealed {}
    impl<T: super::Plain> Sealed for super::OwnBit<T> {}
}
