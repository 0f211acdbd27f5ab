//! Access kinds as types, as in the "access" column of data sheets.
//!
//! The kinds of registers whose bits are commands are in `write_kinds`.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{
    AccessKind, CopyReadable, CopyWritable, FieldLayout, IoLayout, IoValue, Plain, Readable,
    Updatable, ValueFormat, Writable,
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

        impl<T: Plain> $kind<T> {
            /// Returns the value in a copy that was read.
            #[inline(always)]
            pub fn get(self) -> T::Read {
                T::from_memory(self.0)
            }

            /// Creates the field of a value that is to be written as a whole.
            #[inline(always)]
            pub fn new(value: T::Write) -> Self {
                Self(T::in_memory(value))
            }
        }

        impl<T> $kind<T> {
            /// Creates the field from the type inside of the access kind, also in constants.
            #[inline(always)]
            pub const fn from_inner(inner: T) -> Self {
                Self(inner)
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

            const UNUSED_BITS: u64 = T::UNUSED_BITS;

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
            fn from_memory(memory: Self) -> T::Read {
                memory.get()
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
    ///
    /// `io_read!` and copies out are allowed.
    ///
    /// ```
    /// use io_core::prelude::*;
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { id: Ro<Le<u32>> }
    ///
    /// fn id<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) -> u32 {
    ///     io_read!(regs, .id)
    /// }
    /// # let mut regs = Regs { id: Ro::new(7) };
    /// # assert_eq!(id(SysMem::from_mut(&mut regs)), 7);
    ///
    /// const EXPECTED: Regs = Regs { id: Ro::from_inner(Le::new(7)) };
    /// assert_eq!(EXPECTED.id.get(), 7);
    /// ```
    Ro ReadOnly: Readable, CopyReadable
}
access_kind! {
    /// Read-only; reading has an effect, such as removing an entry from a FIFO.
    ///
    /// `io_read!` and `read_fifo` are allowed. A block that contains such a field cannot be copied
    /// out.
    ///
    /// ```
    /// use io_core::{RoSideEffect, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { next_event: RoSideEffect<Le<u32>> }
    ///
    /// fn next_event<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) -> u32 {
    ///     io_read!(regs, .next_event)
    /// }
    /// # let mut regs = Regs { next_event: RoSideEffect::new(7) };
    /// # assert_eq!(next_event(SysMem::from_mut(&mut regs)), 7);
    /// ```
    RoSideEffect ReadOnlyEffect: Readable
}
access_kind! {
    /// Read-write ("RW"): the same operations as the bare type, stated explicitly.
    ///
    /// `io_read!`, `io_write!`, `io_update!` and copies are allowed.
    ///
    /// ```
    /// use io_core::prelude::*;
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { ctrl: Rw<Le<u32>> }
    ///
    /// fn enable<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    ///     io_update!(regs, .ctrl, |ctrl| ctrl | 1);
    /// }
    /// # let mut regs = Regs { ctrl: Rw::new(6) };
    /// # enable(SysMem::from_mut(&mut regs));
    /// # assert_eq!(regs.ctrl, Rw::new(7));
    /// ```
    Rw ReadWrite: Readable, Writable, Updatable if Updatable, CopyReadable, CopyWritable
}
access_kind! {
    /// Read-write, where reading has an effect: the data register of a FIFO, for example.
    ///
    /// `io_read!`, `io_write!`, `read_fifo` and `write_fifo` are allowed.
    ///
    /// ```
    /// use io_core::{RwSideEffect, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { data: RwSideEffect<Le<u32>> }
    ///
    /// fn send<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>, bytes: &[u32]) {
    ///     io_project!(regs, .data).write_fifo(bytes);
    /// }
    /// # let mut regs = Regs { data: RwSideEffect::new(0) };
    /// # send(SysMem::from_mut(&mut regs), &[1, 2]);
    /// # assert_eq!(regs.data, RwSideEffect::new(2));
    /// ```
    RwSideEffect ReadWriteEffect: Readable, Writable
}
access_kind! {
    /// Write-only ("WO"), such as a doorbell.
    ///
    /// `io_write!` and copies in are allowed.
    ///
    /// ```
    /// use io_core::prelude::*;
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { doorbell: Wo<Le<u32>> }
    ///
    /// fn ring<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>, tail: u32) {
    ///     io_write!(regs, .doorbell, tail);
    /// }
    /// # let mut regs = Regs { doorbell: Wo::new(0) };
    /// # ring(SysMem::from_mut(&mut regs), 3);
    /// # assert_eq!(regs.doorbell, Wo::new(3));
    /// ```
    Wo WriteOnly: Writable, CopyWritable
}
access_kind! {
    /// Ownership field of the enclosing descriptor. Written last and read first, only by
    /// [`publish`](crate::Io::publish) and [`consume`](crate::Io::consume), which execute the
    /// barrier between it and the body.
    ///
    /// The field also needs the attribute `#[io(own_bit)]`:
    ///
    /// ```
    /// use io_core::prelude::*;
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Descriptor {
    ///     address: Le<DmaAddr>,
    ///     len: Le<u32>,
    ///     #[io(own_bit)]
    ///     flags: OwnBit<Le<u32>>,
    /// }
    ///
    /// let (address, flags) = (DmaAddr::new(0).into(), OwnBit::new(0));
    /// let mut memory = Descriptor { address, len: 0.into(), flags };
    /// SysMem::from_mut(&mut memory).publish_with(1, |descriptor| {
    ///     io_write!(descriptor, .address, DmaAddr::new(0x1000));
    ///     io_write!(descriptor, .len, 64);
    /// });
    /// assert_eq!(memory.flags, OwnBit::new(1));
    /// ```
    OwnBit OwnBit:
}
access_kind! {
    /// Read-to-clear ("RC"): every read has an effect.
    ///
    /// `io_read!` is allowed. A block that contains such a field cannot be copied out.
    ///
    /// ```
    /// use io_core::{ReadToClear, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { errors: ReadToClear<Le<u32>> }
    ///
    /// fn new_errors<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) -> u32 {
    ///     io_read!(regs, .errors)
    /// }
    /// # let mut regs = Regs { errors: ReadToClear::new(2) };
    /// # assert_eq!(new_errors(SysMem::from_mut(&mut regs)), 2);
    /// ```
    ReadToClear ReadToClear: Readable
}
access_kind! {
    /// Read-to-set ("RS"): every read sets bits.
    ///
    /// `io_read!` is allowed. A block that contains such a field cannot be copied out.
    ///
    /// ```
    /// use io_core::{ReadToSet, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Regs { semaphore: ReadToSet<Le<u32>> }
    ///
    /// /// Whether the semaphore was free; it is taken by the read.
    /// fn try_lock<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) -> bool {
    ///     io_read!(regs, .semaphore) & 1 == 0
    /// }
    /// # let mut regs = Regs { semaphore: ReadToSet::new(0) };
    /// # assert!(try_lock(SysMem::from_mut(&mut regs)));
    /// ```
    ReadToSet ReadToSet: Readable
}

pub(super) use access_kind;
