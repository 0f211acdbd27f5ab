//! The bytes of values that are copied as a whole.
//!
//! A copy requires fields of certain access kinds ([`CopyReadable`](super::CopyReadable)), and
//! zerocopy's traits. If both are missing, the access kinds are the reason, and a missing derive is
//! not. rustc reports unmet bounds in the order in which it finds them: those that depend on fewer
//! impls come first. The bounds here therefore depend on several levels of impls.

use zerocopy::{FromBytes, Immutable, IntoBytes};

/// A type of which any bytes are a value: every type that implements zerocopy's [`FromBytes`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be copied out as a whole: it does not implement `FromBytes`",
    label = "requires `FromBytes`",
    note = "add `#[derive(FromBytes)]` of the crate `zerocopy` 0.8 to `{Self}`, and the crate to your dependencies",
    note = "not every bit pattern is a value of an enum: use `Le<Mode>` for a field that is copied"
)]
pub trait AnyBytes: FromBytes {}

#[diagnostic::do_not_recommend]
impl<T: ?Sized + FromBytesAfter<Levels>> AnyBytes for T {}

/// A type without padding: every type that implements zerocopy's [`IntoBytes`] and [`Immutable`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be copied in as a whole: it does not implement `IntoBytes` and `Immutable`",
    label = "requires `IntoBytes` and `Immutable`",
    note = "add `#[derive(IntoBytes, Immutable)]` of the crate `zerocopy` 0.8 to `{Self}`, and the crate to your dependencies"
)]
pub trait AllBytes: IntoBytes + Immutable {}

#[diagnostic::do_not_recommend]
impl<T: ?Sized + IntoBytesAfter<Levels>> AllBytes for T {}

/// [`FromBytes`], found missing after `N` levels.
pub trait FromBytesAfter<N>: FromBytes {}

/// [`IntoBytes`] and [`Immutable`], found missing after `N` levels.
pub trait IntoBytesAfter<N>: IntoBytes + Immutable {}

/// One level.
#[derive(Debug)]
pub struct Level<N>(N);

/// The number of levels: at least the usual depth of arrays and blocks in a block.
type Levels = Level<Level<Level<Level<Level<()>>>>>;

impl<T: ?Sized + FromBytes> FromBytesAfter<()> for T {}
impl<T: ?Sized + FromBytesAfter<N>, N> FromBytesAfter<Level<N>> for T {}

impl<T: ?Sized + IntoBytes + Immutable> IntoBytesAfter<()> for T {}
impl<T: ?Sized + IntoBytesAfter<N>, N> IntoBytesAfter<Level<N>> for T {}
