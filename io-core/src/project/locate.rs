//! Steps to and from located registers: `build: LOC`, and the steps of `loc!`.
//!
//! The steps of `loc!` go from a location to that of a part, in a constant or at run time, and need
//! no view. They have the names of the steps of views, after `loc_`.

use super::{
    build_index::{Built, One},
    field::{FieldOffset, FieldTarget},
};
use crate::{
    io::{IoBase, Loc, Locatable, OutOfBound, Untyped, ViewOf, located},
    layout::IoStruct,
};

/// Steps to a located register: `build: LOC`.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn locate<'a, I, V: ?Sized + Locatable>(io: I, loc: Loc<I::Target, V>) -> ViewOf<'a, I, V>
where
    I: IoBase<'a, Target: Untyped>,
{
    located(io, loc)
}

/// Starts a path of several steps from a location.
#[inline(always)]
pub const fn loc_start<Base: ?Sized, V: ?Sized>(loc: Loc<Base, V>) -> Loc<Base, V> {
    loc
}

/// Steps to a field: `.name`.
#[inline(always)]
pub const fn loc_field<Base: ?Sized, T, U, W>(
    loc: Loc<Base, T>,
    field: FieldOffset<T, U>,
) -> Loc<Base, W>
where
    T: IoStruct,
    U: FieldTarget<T, Target = W>,
{
    let () = T::CHECKED;
    // The type that the field is projected to is at the offset of the field: it has a size, and
    // only slices at the end of a block, which has none, are elsewhere.
    const {
        assert!(size_of::<W>() <= U::SIZE && align_of::<W>() <= align_of::<T>());
    }
    // SAFETY: by `FieldOffset`'s invariants, `U::SIZE` bytes at the offset lie inside the `T`,
    // which lies inside the base, and the offset is aligned; by `FieldTarget`'s contract also for a `W`.
    // The alignment of the base is at least that of the `T`, and so that of the `W`. A `W` is sized,
    // and therefore not a `Region`.
    unsafe { Loc::at_unchecked(loc.start() + field.offset) }
}

/// Steps to a constant index: `[N]`, `[build: N]`.
#[inline(always)]
pub const fn loc_at<Base: ?Sized, V, const N: usize>(
    loc: Loc<Base, [V; N]>,
    index: Built<N, One>,
) -> Loc<Base, V> {
    loc.element(index.start())
}

/// Steps to an index, with an error if it is out of bounds: `[try: i]`.
///
/// # Errors
///
/// * [`OutOfBound`] with the index and the length, if the index is out of bounds.
#[inline(always)]
pub const fn loc_try_index<Base: ?Sized, V, const N: usize>(
    loc: Loc<Base, [V; N]>,
    index: usize,
) -> Result<Loc<Base, V>, OutOfBound> {
    match loc.get(index) {
        Some(element) => Ok(element),
        None => Err(OutOfBound { start: index, end: index.wrapping_add(1), len: N }),
    }
}

/// Steps to an index, with a panic if it is out of bounds: `[panic: i]`.
///
/// # Panics
///
/// * If the index is out of bounds, with the message of `slice[i]`.
#[inline(always)]
#[track_caller]
pub const fn loc_index<Base: ?Sized, V, const N: usize>(
    loc: Loc<Base, [V; N]>,
    index: usize,
) -> Loc<Base, V> {
    loc.element(index)
}

/// Steps to a location in a part: `build: LOC`.
#[inline(always)]
pub const fn loc_locate<Base: ?Sized, V: ?Sized, P: ?Sized>(
    loc: Loc<Base, V>,
    part: Loc<V, P>,
) -> Loc<Base, P> {
    loc.join(part)
}
