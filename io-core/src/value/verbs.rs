//! The operations that a field allows: marker traits with error messages.
//!
//! They implement guarantee 6: operations that the hardware does not support are rejected at
//! compile time, including copies and casts.

use super::IoValue;

/// A field that `io_read!` and [`read_val`](crate::Io::read_val) may read.
#[diagnostic::on_unimplemented(
    message = "cannot read a field of type `{Self}`",
    label = "this field is not readable",
    note = "declare it as `Ro<_>` or `Rw<_>` if the hardware allows reads",
    note = "an `OwnBit<_>` field is read by `consume`, which keeps the body behind it",
    note = "a block or array is accessed part by part, or as a whole by `copy_read` and `copy_write`"
)]
pub trait Readable: IoValue {}

/// A field that `io_write!` and [`write_val`](crate::Io::write_val) may write.
#[diagnostic::on_unimplemented(
    message = "cannot write to a field of type `{Self}`",
    label = "this field is not writable",
    note = "declare it as `Rw<_>` or `Wo<_>` if the hardware allows writes",
    note = "a `W1c<_>` field has `.clear_bits(bits)`, a `W1s<_>` field has `.set_bits(bits)`, an `OwnBit<_>` \
            field is written by `publish` after the body",
    note = "a block or array is accessed part by part, or as a whole by `copy_read` and `copy_write`"
)]
pub trait Writable: IoValue {}

/// A field that `io_update!` and [`update_val`](crate::Io::update_val) may read, change and write
/// back: a read returns the value that was written, and has no effect.
#[diagnostic::on_unimplemented(
    message = "cannot read, change and write back a field of type `{Self}`",
    label = "this field cannot be read, changed and written back",
    note = "it must be readable without effect and writable, and writing back what was read must \
            do nothing",
    note = "an enum is read as a `Result`: match on what `io_read!` gives, then `io_write!`",
    note = "a block or array is accessed part by part, or as a whole by `copy_read` and `copy_write`"
)]
pub trait Updatable: Readable + Writable + IoValue<Write = <Self as IoValue>::Read> {}

/// A field in which ones that are written clear bits; see [`clear_bits`](crate::Io::clear_bits).
#[diagnostic::on_unimplemented(
    message = "cannot clear bits of a field of type `{Self}`",
    label = "written ones do not clear bits here",
    note = "declare it as `W1c<_>` if the hardware clears the bits that are written as one"
)]
pub trait Clearable: IoValue {}

/// A field in which ones that are written set bits; see [`set_bits`](crate::Io::set_bits).
#[diagnostic::on_unimplemented(
    message = "cannot set bits of a field of type `{Self}`",
    label = "written ones do not set bits here",
    note = "declare it as `W1s<_>` if the hardware sets the bits that are written as one"
)]
pub trait Settable: IoValue {}

/// A type that may be copied out of a view as a whole: every field can be read, and no read has an
/// effect.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be copied out as a whole",
    label = "not copy-readable",
    note = "every field must be readable without effect, and the type must derive `IoStruct`"
)]
pub trait CopyReadable {}

/// A type that may be copied into a view as a whole: every field can be written.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be copied in as a whole",
    label = "not copy-writable",
    note = "every field must be plainly writable, and the type must derive `IoStruct`"
)]
pub trait CopyWritable {}

/// A value without an access kind, which `Ro<_>`, `W1c<_>` and the other access kinds can contain.
///
/// It need not be [`Updatable`]: a read of an enum returns a `Result`, and an unknown value cannot
/// be written back.
#[diagnostic::on_unimplemented(
    message = "an access kind cannot hold `{Self}`",
    label = "not a plain value",
    note = "access kinds hold integers, `Le<_>`, `Be<_>` and types with `#[derive(IoValue)]`; \
            for an array write `[Ro<_>; N]`"
)]
pub trait Plain: Readable + Writable {}

/// A value of one word in the processor's byte order, which [`Narrow<_, _>`](super::Narrow) and
/// [`Aliased<_, _>`](super::Aliased) can contain.
#[diagnostic::on_unimplemented(
    message = "`Narrow<_, _>` and `Aliased<_, _>` cannot hold `{Self}`",
    label = "not a value of one word in native byte order",
    note = "write byte order, access kind and halves outside: `Ro<Le<Narrow<u16, u32>>>`"
)]
pub trait Unswapped: Plain {}

/// A value in the processor's byte order, which `Le<_>` and `Be<_>` can contain.
///
/// With swapped bytes, the bits must still be a valid value of the type. That is not true of enums,
/// but of [`Narrow<Mode, u16>`](super::Narrow).
#[diagnostic::on_unimplemented(
    message = "`Le<_>` and `Be<_>` cannot hold `{Self}`",
    label = "not a value in native byte order",
    note = "write the access kind and the halves outside: `Ro<Le<u32>>`, `LoHi<Le<u64>>`",
    note = "the bytes of an enum, swapped, are none of its values: `Le<Narrow<Mode, u16>>`"
)]
pub trait Native: Unswapped {
    /// Creates the value with these bits.
    fn from_repr(repr: Self::Repr) -> Self;
}

impl<T: CopyReadable> CopyReadable for [T] {}
impl<T: CopyWritable> CopyWritable for [T] {}
impl<T: CopyReadable, const N: usize> CopyReadable for [T; N] {}
impl<T: CopyWritable, const N: usize> CopyWritable for [T; N] {}
