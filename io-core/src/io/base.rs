//! Everything that a view can be had from.

use super::{IoBackend, KnownSize};

/// The view of backend `I::Backend` over a `U`.
pub type ViewOf<'a, I, U> = <<I as IoBase<'a>>::Backend as IoBackend>::View<'a, U>;

/// A cheap handle that yields a view: a view itself, or a reference to an
/// owner of device memory such as a mapped BAR or a coherent allocation.
///
/// Implement it for `&'a Owner`; then the macros and [`Io`](super::Io)'s
/// methods take `&owner` wherever they take a view.
#[diagnostic::on_unimplemented(
    message = "`{Self}` gives no view of device memory",
    label = "neither a view nor a reference to an owner of one",
    note = "an owner (a mapped BAR, an allocation) is passed by reference: `&owner`"
)]
pub trait IoBase<'a>: Copy {
    /// What the accesses go through.
    type Backend: IoBackend;
    /// What the memory holds.
    type Target: ?Sized + KnownSize;

    /// The view of all of it.
    fn as_view(self) -> <Self::Backend as IoBackend>::View<'a, Self::Target>;
}
