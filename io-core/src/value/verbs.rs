//! The operations that a field allows: marker traits with error messages.
//!
//! They implement guarantee 6: operations that the hardware does not support are rejected at
//! compile time, including copies and casts.

use super::{IoValue, OwnBit};

/// A field that `io_read!` and [`read_val`](crate::Io::read_val) may read.
#[diagnostic::on_unimplemented(
    message = "cannot read a field of type `{Self}`",
    label = "this field is not readable",
    note = "a block or array: read its parts, or use `copy_read`; `OwnBit<_>`: `consume` reads it, before the \
            other fields; a write-only field: declare it as `Rw<_>`, `W1c<_>` or `W1s<_>` if the hardware \
            allows reads"
)]
pub trait Readable: IoValue {}

/// A field that [`poll`](crate::Io::poll) may read again and again: a read has no side effect.
///
/// Implemented for every readable field that a copy out may contain.
#[diagnostic::on_unimplemented(
    message = "cannot poll a field of type `{Self}`",
    label = "each read of this field has an effect, and `poll` returns the last value only",
    note = "use `poll_each`, which passes every value that was read to the closure"
)]
pub trait Pollable: Readable {}

#[diagnostic::do_not_recommend]
impl<T: Readable + CopyReadable> Pollable for T {}

/// A field that `io_write!` and [`write_val`](crate::Io::write_val) may write.
#[diagnostic::on_unimplemented(
    message = "cannot write to a field of type `{Self}`",
    label = "this field is not writable",
    note = "`W1c<_>`, `W0c<_>`, `WoW1c<_>`: use `.clear_bits(bits)`; `W1s<_>`, `WoW1s<_>`: use \
            `.set_bits(bits)`; `OwnBit<_>`: `publish` writes it, after the other fields; a block or array: write its parts, \
            or use `copy_write`; a read-only field: declare it as `Rw<_>` or `Wo<_>` if the hardware \
            allows writes"
)]
pub trait Writable: IoValue {}

/// A field that `io_update!` and [`update_val`](crate::Io::update_val) may read, change and write
/// back: a read returns the value that was written, and has no side effect.
#[diagnostic::on_unimplemented(
    message = "cannot update a field of type `{Self}`",
    label = "this field cannot be read, changed and written back",
    note = "`W1c<_>`, `W0c<_>`, `WoW1c<_>`: use `.clear_bits(bits)`; `W1s<_>`, `WoW1s<_>`: use \
            `.set_bits(bits)`; an enum: match on the `Result` of `io_read!`, then use `io_write!`; a block or array: update \
            its parts; other fields must be readable without a side effect and writable, a read must \
            return the value written, and no bit may change with every write"
)]
pub trait Updatable: Readable + Writable + IoValue<Write = <Self as IoValue>::Read> {}

/// A field in which a write clears bits; see [`clear_bits`](crate::Io::clear_bits).
#[diagnostic::on_unimplemented(
    message = "cannot clear bits of a field of type `{Self}`",
    label = "a write does not clear bits here",
    note = "declare it as `W1c<_>` if the hardware clears the bits that are written as one, as \
            `W0c<_>` if it clears those that are written as zero; if only some bits are cleared, \
            state them with the value type: `#[derive(IoValue)] #[io(w1c = MASK)]`"
)]
pub trait Clearable: IoValue {}

/// A field in which a write sets bits; see [`set_bits`](crate::Io::set_bits).
#[diagnostic::on_unimplemented(
    message = "cannot set bits of a field of type `{Self}`",
    label = "a write does not set bits here",
    note = "declare it as `W1s<_>` if the hardware sets the bits that are written as one, as \
            `W0s<_>` if it sets those that are written as zero; if only some bits are set, state \
            them with the value type: `#[derive(IoValue)] #[io(w1s = MASK)]`"
)]
pub trait Settable: IoValue {}

/// A field in which a write inverts bits; see [`toggle_bits`](crate::Io::toggle_bits).
#[diagnostic::on_unimplemented(
    message = "cannot toggle bits of a field of type `{Self}`",
    label = "a write does not invert bits here",
    note = "declare it as `W1t<_>` if the hardware inverts the bits that are written as one, as \
            `W0t<_>` if it inverts those that are written as zero; if only some bits are inverted, \
            state them with the value type: `#[derive(IoValue)] #[io(toggle = MASK)]`"
)]
pub trait Toggleable: IoValue {}

/// A type that may be copied out of a view as a whole: every field can be read, and no read has a
/// side effect.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be copied out as a whole",
    label = "not copy-readable",
    note = "every field must be readable without a side effect: read the others with `io_read!` or `consume`",
    note = "a struct requires `#[derive(IoStruct)]`"
)]
pub trait CopyReadable {}

/// A type that may be copied into a view as a whole: every field can be written, and a write has no
/// other meaning than the new value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be copied in as a whole",
    label = "not copy-writable",
    note = "every field must be writable without a side effect: write the others with `io_write!`, \
            `clear_bits`, `set_bits` or `publish`",
    note = "a struct requires `#[derive(IoStruct)]`"
)]
pub trait CopyWritable {}

/// A value without an access kind, which [`LoHi`](super::LoHi), [`HiLo`](super::HiLo),
/// [`Le`](super::Le) and [`Be`](super::Be) can contain.
///
/// Its bits may differ in their kinds ([`BitKinds`](super::BitKinds)).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value without an access kind",
    label = "not a bare value",
    note = "write access kinds outside: `Ro<LoHi<Le<u64>>>`"
)]
pub trait BareValue: Readable + Writable {}

/// A value whose bits are all plain, which `Ro<_>`, `W1c<_>` and the other access kinds can contain.
///
/// It need not be [`Updatable`]: a read of an enum returns a `Result`, and an unknown value cannot
/// be written back.
#[diagnostic::on_unimplemented(
    message = "an access kind cannot contain `{Self}`",
    label = "not a single value without an access kind",
    note = "an access kind contains one value, such as an integer, `Le<_>` or a type with \
            `#[derive(IoValue)]`; a type that states the kinds of its bits has its access kind",
    note = "for an array, write `[Ro<_>; N]`; for a block, declare the access kind of each of its \
            fields"
)]
pub trait Plain: BareValue {}

/// A value of one word without a byte order, which [`Le<_>`](super::Le), [`Be<_>`](super::Be),
/// [`Narrow<_, _>`](super::Narrow) and [`Aliased<_, _>`](super::Aliased) can contain.
#[diagnostic::on_unimplemented(
    message = "`Le<_>`, `Be<_>`, `Narrow<_, _>` and `Aliased<_, _>` cannot contain `{Self}`",
    label = "not a value of one access in native byte order",
    note = "write access kind, `LoHi` and `HiLo` outside the byte order: `Ro<Le<Narrow<u16, u32>>>`, \
            `LoHi<Le<u64>>`"
)]
pub trait Unswapped: BareValue {
    /// Returns the number of a value, in the processor's byte order.
    fn repr_of(value: Self) -> Self::Repr;
}

impl<T: CopyReadable> CopyReadable for [T] {}
impl<T: CopyWritable> CopyWritable for [T] {}
impl<T: CopyReadable, const N: usize> CopyReadable for [T; N] {}
impl<T: CopyWritable, const N: usize> CopyWritable for [T; N] {}

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
