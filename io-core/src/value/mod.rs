//! Types of a single field: representation, byte order, access kind.
//!
//! A field type determines, at compile time, which integer is on the bus ([`IoValue::Repr`]), which
//! types the driver reads and writes ([`IoValue::Read`], [`IoValue::Write`]), and which operations
//! are allowed (the marker traits [`Readable`], [`Writable`], [`Updatable`], …).

mod access;
mod aliased;
mod bit_kinds;
mod bytes;
mod counter;
mod dma_addr;
mod endian;
mod enumeration;
mod field_info;
mod field_layout;
mod halves;
mod in_place;
mod integer;
mod narrow;
mod reserved;
mod value_format;
mod verbs;
mod write_kinds;

pub use access::{OwnBit, ReadToClear, ReadToSet, Ro, RoSideEffect, Rw, RwSideEffect, Wo};
#[doc(hidden)]
pub use aliased::Overlaid;
pub use aliased::{Aliased, Overlay};
#[doc(hidden)]
pub use bit_kinds::Mask;
pub(crate) use bit_kinds::bits_in_memory;
pub use bit_kinds::{BitKind, BitKinds};
pub use bytes::{AllBytes, AnyBytes};
pub use counter::Counter;
pub use dma_addr::{AddressTooWide, DmaAddr, DmaAddr32};
pub use endian::{Be, Le, Number};
pub use enumeration::{IoEnum, UnknownValue};
pub use field_info::FieldInfo;
#[doc(hidden)]
pub use field_info::TypeInfo;
pub use field_layout::{AccessKind, Endian, FieldLayout, IoLayout};
pub use halves::{HiLo, LoHi};
pub use in_place::InPlace;
#[doc(hidden)]
pub use integer::{Integer, check_bits};
pub(crate) use io_mem::{Repr, Width};
pub use narrow::{FitsIn, Narrow};
pub use reserved::Reserved;
#[doc(hidden)]
pub use reserved::{ReadablePart, WritablePart};
pub use value_format::ValueFormat;
#[doc(hidden)]
pub use value_format::{NoText, TextOf};
pub use verbs::{
    BareValue, Clearable, CopyReadable, CopyWritable, OwnBitField, Plain, Pollable, Readable,
    Settable, Toggleable, Unswapped, Updatable, Writable,
};
pub use write_kinds::{
    ReadToClearW1c, SelfClearing, W0c, W0s, W0t, W1c, W1s, W1t, WoW1c, WoW1s, WoW1t, WriteOnce,
    WriteToClear, WriteToSet,
};

/// A type that is read or written as a whole by one access or, for [`LoHi`] and [`HiLo`], by two.
///
/// Derive it for a `#[repr(transparent)]` newtype or an enum without fields with
/// `#[derive(IoValue)]`. Integers, [`Le`], [`Be`], [`Narrow`], [`DmaAddr`] and the access kinds
/// implement it already.
///
/// The types for reading and writing are separate, so that an enum, for which not every bit pattern
/// is valid, can be read as a `Result` and written as the plain value:
///
/// ```
/// use io_core::{UnknownValue, prelude::*};
///
/// #[derive(Debug, PartialEq, IoValue)]
/// #[repr(u8)]
/// enum Mode { Off, On = 0x10 }
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Regs { mode: Mode, status: Ro<Mode> }
///
/// fn start<'a>(
///     regs: impl Io<'a, Target = Regs, Backend: Bus32>,
/// ) -> Result<Mode, UnknownValue<Mode>> {
///     io_write!(regs, .mode, Mode::On);
///     io_read!(regs, .status)
/// }
/// # let mut bytes = [0, 7];
/// # let regs = SysMem::from_mut_slice(&mut bytes).try_cast::<Regs>().unwrap();
/// assert_eq!(start(regs).unwrap_err().to_string(), "0x7 is not a value of `Mode`");
/// # assert_eq!(io_read!(regs, .mode), Ok(Mode::On));
/// ```
///
/// # Safety
///
/// * The size of `Self` must be that of `Self::Repr`, or of several consecutive ones.
/// * The alignment of `Self` must be at least that of `Self::Repr`.
/// * `read_by` and `write_by` must use only the indices of these words.
///
/// The bits are not restricted: [`IoLayout::ANY_BITS`] specifies whether all of them are valid.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value that one access can read or write",
    label = "not a single register or field",
    note = "project to one of its fields, or copy it as a whole with `copy_read` or `copy_write`",
    note = "a `#[repr(transparent)]` newtype becomes a field type with `#[derive(IoValue)]`"
)]
pub unsafe trait IoValue: IoLayout {
    /// The integer on the bus.
    type Repr: Repr;
    /// The type that a read returns.
    type Read;
    /// The type that a write takes.
    type Write;

    /// The bits of the number that no value has: those above a narrow value, which are zero in
    /// writes.
    #[doc(hidden)]
    const UNUSED_BITS: u64 = 0;

    /// Converts the integer on the bus to the type that the driver reads.
    fn decode(repr: Self::Repr) -> Self::Read;

    /// Converts the type that the driver writes to the integer on the bus.
    fn encode(value: Self::Write) -> Self::Repr;

    /// Returns the content of memory after `value` was written, as part of a struct that is copied
    /// in as a whole.
    fn in_memory(value: Self::Write) -> Self;

    /// Returns the value in memory, as part of a struct that was copied out as a whole.
    fn from_memory(memory: Self) -> Self::Read;

    /// Reads by calling `read` with the index of each word, in the order of the accesses. One
    /// access unless the type specifies otherwise.
    ///
    /// # Errors
    ///
    /// * The first error of `read`.
    #[inline(always)]
    fn read_by<E>(mut read: impl FnMut(usize) -> Result<Self::Repr, E>) -> Result<Self::Read, E> {
        Ok(Self::decode(read(0)?))
    }

    /// Writes by calling `write` with the index and the content of each word, in the order of the
    /// accesses.
    ///
    /// Called for values of several words. A value of one word is written by one access, with the
    /// word that [`encode`](Self::encode) returns.
    ///
    /// # Errors
    ///
    /// * The first error of `write`.
    #[inline(always)]
    fn write_by<E>(
        value: Self::Write,
        mut write: impl FnMut(usize, Self::Repr) -> Result<(), E>,
    ) -> Result<(), E> {
        write(0, Self::encode(value))
    }
}
