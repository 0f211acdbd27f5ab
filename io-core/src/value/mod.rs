//! What one field holds: representation, byte order, access kind.
//!
//! A field type answers three questions for the compiler: which integer goes
//! over the bus ([`IoValue::Repr`]), what the driver sees
//! ([`IoValue::Read`], [`IoValue::Write`]), and which verbs are right for it
//! (the marker traits [`Readable`], [`Writable`], [`Updatable`], …).

mod access;
mod aliased;
mod dma_addr;
mod enumeration;
mod field_info;
mod field_layout;
mod halves;
mod integer;
mod narrow;
mod reserved;

mod value_format;
mod verbs;

pub use access::{
    OwnBit, OwnBitField, ReadToClear, Ro, RoSideEffect, Rw, RwSideEffect, SelfClearing, W1c, W1s,
    Wo, WoW1c, WoW1s,
};
#[doc(hidden)]
pub use aliased::Overlaid;
pub use aliased::{Aliased, Overlay};
pub use dma_addr::DmaAddr;
pub use endian_num::{Be, Le};
pub use enumeration::{IoEnum, UnknownValue};
pub use field_info::FieldInfo;
#[doc(hidden)]
pub use field_info::TypeInfo;
pub use field_layout::{AccessKind, Endian, FieldLayout, IoLayout};
pub use halves::{HiLo, LoHi};
#[doc(hidden)]
pub use integer::{Integer, check_bits};
pub(crate) use io_mem::{Repr, Width};
pub use narrow::{FitsIn, Narrow};
pub use reserved::Reserved;
pub use value_format::ValueFormat;
#[doc(hidden)]
pub use value_format::{NoText, TextOf};
pub use verbs::{
    Clearable, CopyReadable, CopyWritable, Native, Plain, Readable, Settable, Unswapped, Updatable,
    Writable,
};

/// A type that one access reads or writes as a whole; for [`LoHi`] and [`HiLo`],
/// which say so, two accesses.
///
/// Derive it for a `#[repr(transparent)]` newtype or an enum without fields with
/// `#[derive(IoValue)]`; integers, [`Le`], [`Be`], [`Narrow`], [`DmaAddr`] and the
/// access kinds implement it already.
///
/// What is read and what is written are separate types, so that a value that
/// not every bit pattern encodes can be read as a `Result` and written plainly:
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
/// assert_eq!(start(regs).unwrap_err().to_string(), "0x7 is no value of `Mode`");
/// # assert_eq!(io_read!(regs, .mode), Ok(Mode::On));
/// ```
///
/// # Safety
///
/// * `Self` has the size of `Self::Repr`, or of several in a row, and an
///   alignment at least as large.
/// * `read_by` and `write_by` name no other words than these.
///
/// Nothing is asked of the bits: whether all of them make a `Self` is what
/// [`IoLayout::ANY_BITS`] says.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value that one access can read or write",
    label = "not a single register or field",
    note = "project to one of its fields, or copy it as a whole with `copy_read` or `copy_write`",
    note = "a `#[repr(transparent)]` newtype becomes a field type with `#[derive(IoValue)]`"
)]
pub unsafe trait IoValue: IoLayout {
    /// The integer that goes over the bus.
    type Repr: Repr;
    /// What a read gives.
    type Read;
    /// What a write takes.
    type Write;

    /// From the bus' integer to what the driver sees.
    fn decode(repr: Self::Repr) -> Self::Read;

    /// From what the driver says to the bus' integer.
    fn encode(value: Self::Write) -> Self::Repr;

    /// What lies in memory where `value` was written, as part of a struct that
    /// is copied in as a whole.
    fn in_memory(value: Self::Write) -> Self;

    /// Reads by calling `read` with the number of each word, in the order of
    /// the accesses. One access, unless the type says otherwise.
    ///
    /// # Errors
    ///
    /// The first of `read`.
    #[inline(always)]
    fn read_by<E>(mut read: impl FnMut(usize) -> Result<Self::Repr, E>) -> Result<Self::Read, E> {
        Ok(Self::decode(read(0)?))
    }

    /// Writes by calling `write` with the number of each word and its content,
    /// in the order of the accesses. One access, unless the type says otherwise.
    ///
    /// # Errors
    ///
    /// The first of `write`.
    #[inline(always)]
    fn write_by<E>(
        value: Self::Write,
        mut write: impl FnMut(usize, Self::Repr) -> Result<(), E>,
    ) -> Result<(), E> {
        write(0, Self::encode(value))
    }
}
