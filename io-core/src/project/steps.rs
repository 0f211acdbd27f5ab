//! The steps of a path. Each is a function from a view to the view of a part.
//!
//! In builds with debug assertions these functions are not forced to be inlined, which halves the
//! compile time of drivers. In all other builds they are always inlined and generate no code.
//!
//! They are functions, not methods, so that an error about a bound names the bound and the type,
//! and is reported at the step.

use super::{
    build_index::{Array, Built, Pick},
    field::{FieldOffset, FieldTarget},
    index::{Indexable, ProjectIndex},
};
use crate::{
    io::{IoBackend, IoBase, OutOfBound, ViewOf},
    layout::IoStruct,
};

/// Starts a path of several steps: returns the view, so that an error about `io` is reported there.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn start<'a, I: IoBase<'a>>(io: I) -> ViewOf<'a, I, I::Target> {
    io.as_view()
}

/// Steps to a field: `.name`.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn field<'a, I, B, T, U>(io: I, field: FieldOffset<T, U>) -> B::View<'a, U::Target>
where
    I: IoBase<'a, Backend = B, Target = T>,
    B: IoBackend,
    T: ?Sized + IoStruct,
    U: FieldTarget<T>,
{
    place::<B, T, U>(io.as_view(), field)
}

/// Steps to a constant index: `[N]`, `[build: N]`.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn at<'a, I, T, const N: usize, K, E>(io: I, index: Built<N, K>) -> ViewOf<'a, I, K::Output>
where
    I: IoBase<'a, Target = T>,
    T: ?Sized + Array<N> + Indexable<Item = E>,
    K: Pick<E, T::Part>,
{
    let view = io.as_view();
    let ptr = index.place(I::Backend::as_ptr(view));
    // SAFETY: by `Built`'s invariants and the contracts of `Array` and `Pick`, one or several elements
    // of the array.
    unsafe { I::Backend::project_view(view, ptr) }
}

/// Steps to an index, with an error if it is out of bounds: `[try: i]`.
///
/// # Errors
///
/// * [`OutOfBound`] with the index and the length, if the index is out of bounds.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn try_index<'a, I, T, X>(io: I, index: X) -> Result<ViewOf<'a, I, X::Output>, OutOfBound>
where
    I: IoBase<'a, Target = T>,
    T: ?Sized + Indexable,
    X: ProjectIndex<T>,
{
    let view = io.as_view();
    let ptr = index.place(I::Backend::as_ptr(view))?;
    // SAFETY: `place` returns one or several of the elements.
    Ok(unsafe { I::Backend::project_view(view, ptr) })
}

/// Steps to an index, with a panic if it is out of bounds: `[panic: i]`.
///
/// # Panics
///
/// * If the index is out of bounds, with the message of `slice[i]`.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
#[track_caller]
pub fn index<'a, I, T, X>(io: I, index: X) -> ViewOf<'a, I, X::Output>
where
    I: IoBase<'a, Target = T>,
    T: ?Sized + Indexable,
    X: ProjectIndex<T>,
{
    let view = io.as_view();
    let ptr = index.place_or_panic(I::Backend::as_ptr(view));
    // SAFETY: `place_or_panic` returns one or several of the elements.
    unsafe { I::Backend::project_view(view, ptr) }
}

/// Returns the view of a field.
#[inline(always)]
pub(super) fn place<'a, B, T, U>(
    view: B::View<'a, T>,
    field: FieldOffset<T, U>,
) -> B::View<'a, U::Target>
where
    B: IoBackend,
    T: ?Sized + IoStruct,
    U: FieldTarget<T>,
{
    let () = T::CHECKED;
    let ptr = U::place(B::as_ptr(view), field.offset);
    // SAFETY: by `FieldOffset`'s invariants, a `U` at this offset lies inside the `T` and is
    // aligned. By `FieldTarget`'s contract, so does the type that it is projected to.
    unsafe { B::project_view(view, ptr) }
}
