//! What one field holds: representation, byte order, access kind.
//!
//! A field type answers three questions for the compiler: which integer goes
//! over the bus ([`IoValue::Repr`]), what the driver sees
//! ([`IoValue::Read`], [`IoValue::Write`]), and which verbs are right for it
//! (the marker traits [`Readable`], [`Writable`], [`Updatable`], …).

mod access;
mod dma_addr;
mod endian;
mod integer;
mod repr;
mod shape;
mod verbs;

pub use access::{ReadClear, Ro, RoEffect, Rw, RwEffect, SelfClearing, W1c, W1s, Wo};
pub use dma_addr::DmaAddr;
pub use endian_num::{Be, Le};
#[doc(hidden)]
pub use integer::Integer;
pub use repr::{Repr, Width};
pub use shape::{Access, Endian, FieldInfo, IoLayout, Shape};
pub use verbs::{
    Clearable, CopyReadable, CopyWritable, Native, Plain, Readable, Settable, Updatable, Writable,
};

/// A type that one access reads or writes as a whole.
///
/// Derive it for a `#[repr(transparent)]` newtype with
/// `#[derive(IoValue)]`; integers, [`Le`], [`Be`], [`DmaAddr`] and the access
/// kinds implement it already.
///
/// What is read and what is written are separate types, so that a value that
/// not every bit pattern encodes can be read as a `Result` and written plainly.
///
/// # Safety
///
/// `Self` has the size of `Self::Repr`, an alignment at least as large, and
/// every bit pattern of `Self::Repr` is a value of `Self`.
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
}
