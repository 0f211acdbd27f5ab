//! Which verbs are right for a field: marker traits with messages.
//!
//! They hold guarantee 6: a verb that the hardware does not give does not
//! compile, copies and casts included.

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

/// A field that `io_update!` and [`update_val`](crate::Io::update_val) may read, change
/// and write back: what is read is what was written, and reading it has no
/// effect.
#[diagnostic::on_unimplemented(
    message = "cannot read, change and write back a field of type `{Self}`",
    label = "this field cannot be read, changed and written back",
    note = "it must be readable without effect and writable, and writing back what was read must \
            do nothing",
    note = "an enum is read as a `Result`: match on what `io_read!` gives, then `io_write!`",
    note = "a block or array is accessed part by part, or as a whole by `copy_read` and `copy_write`"
)]
pub trait Updatable: Readable + Writable + IoValue<Write = <Self as IoValue>::Read> {}

/// A field whose written ones clear bits; see [`clear`](crate::Io::clear_bits).
#[diagnostic::on_unimplemented(
    message = "cannot clear bits of a field of type `{Self}`",
    label = "written ones do not clear bits here",
    note = "declare it as `W1c<_>` if the hardware clears the bits that are written as one"
)]
pub trait Clearable: IoValue {}

/// A field whose written ones set bits; see [`set`](crate::Io::set_bits).
#[diagnostic::on_unimplemented(
    message = "cannot set bits of a field of type `{Self}`",
    label = "written ones do not set bits here",
    note = "declare it as `W1s<_>` if the hardware sets the bits that are written as one"
)]
pub trait Settable: IoValue {}

/// A type that may be copied out of a view as a whole: every field can be read
/// and no read has an effect.
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

/// A value without an access kind of its own, which `Ro<_>`, `W1c<_>` and kin
/// can hold.
///
/// It need not be [`Updatable`]: what is read of an enum is a `Result`, and a
/// value that was unknown cannot be written back.
#[diagnostic::on_unimplemented(
    message = "an access kind cannot hold `{Self}`",
    label = "not a plain value",
    note = "access kinds hold integers, `Le<_>`, `Be<_>` and types with `#[derive(IoValue)]`; \
            for an array write `[Ro<_>; N]`"
)]
pub trait Plain: Readable + Writable {}

/// A value of one word in the processor's byte order, which
/// [`Narrow<_, _>`](super::Narrow) and [`Aliased<_, _>`](super::Aliased) can hold.
#[diagnostic::on_unimplemented(
    message = "`Narrow<_, _>` and `Aliased<_, _>` cannot hold `{Self}`",
    label = "not a value of one word in native byte order",
    note = "write byte order, access kind and halves outside: `Ro<Le<Narrow<u16, u32>>>`"
)]
pub trait Unswapped: Plain {}

/// A value in the processor's byte order, which `Le<_>` and `Be<_>` can hold.
///
/// Swapped, its bits are another value of the type, or none: so an enum is not
/// among them, but [`Narrow<Mode, u16>`](super::Narrow) is.
#[diagnostic::on_unimplemented(
    message = "`Le<_>` and `Be<_>` cannot hold `{Self}`",
    label = "not a value in native byte order",
    note = "write the access kind and the halves outside: `Ro<Le<u32>>`, `LoHi<Le<u64>>`",
    note = "the bytes of an enum, swapped, are none of its values: `Le<Narrow<Mode, u16>>`"
)]
pub trait Native: Unswapped {
    /// The value with these bits.
    fn from_repr(repr: Self::Repr) -> Self;
}

impl<T: CopyReadable> CopyReadable for [T] {}
impl<T: CopyWritable> CopyWritable for [T] {}
impl<T: CopyReadable, const N: usize> CopyReadable for [T; N] {}
impl<T: CopyWritable, const N: usize> CopyWritable for [T; N] {}
