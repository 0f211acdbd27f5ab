//! A second meaning of the same bytes.

use super::{CopyReadable, CopyWritable, IoLayout};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// A field that lies over the fields behind it: read one, write another.
///
/// Made by `#[io_struct]` of fields with `#[io(overlay)]`; projecting to it
/// gives a view of a `V`. It takes no space of its own: what a copy of the whole
/// struct holds there, the fields behind it hold.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(transparent)]
pub struct Overlay<V>([V; 0]);

/// What an overlay is a view of. Sealed, since `Overlay` is the only one.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`#[io(overlay)]` is for a field of type `Overlay<_>`, not `{Self}`",
    label = "not an overlay",
    note = "`#[io_struct]` makes the type an overlay by itself; a plain `IoStruct` names it"
)]
pub trait Overlaid {
    /// The type of the view.
    type Value: IoLayout;
}

#[diagnostic::do_not_recommend]
impl<V: IoLayout> Overlaid for Overlay<V> {
    type Value = V;
}

#[diagnostic::do_not_recommend]
impl<V: CopyReadable> CopyReadable for Overlay<V> {}
#[diagnostic::do_not_recommend]
impl<V: CopyWritable> CopyWritable for Overlay<V> {}
