//! The last step of a path, if it goes to a field, and what is done there: one
//! call, since that is what nearly all paths are and rustc's time goes by calls.
//!
//! The functions are written out: rustc's errors show their signatures, and of
//! a macro's functions it would show the macro.

use super::{
    field::{FieldOffset, Place},
    projection::{Projection, place},
};
use crate::{
    io::{ErrorOf, IoBackend, IoBase, IoCapable, Output},
    layout::IoStruct,
    value::{Readable, Updatable, Writable},
};

/// `.name`, without the layers of [`Projection`]'s methods.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
fn last<'a, I, B, T, U>(io: I, field: FieldOffset<T, U>) -> Projection<'a, B, U::Target>
where
    I: IoBase<'a, Backend = B, Target = T>,
    B: IoBackend,
    T: ?Sized + IoStruct,
    U: Place<T>,
{
    Projection(place::<B, T, U>(io.as_view(), field))
}

/// `io_project!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn project_field<'a, I, B, T, U>(io: I, field: FieldOffset<T, U>) -> B::View<'a, U::Target>
where
    I: IoBase<'a, Backend = B, Target = T>,
    B: IoBackend,
    T: ?Sized + IoStruct,
    U: Place<T>,
{
    last(io, field).view()
}

/// `io_read!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn read_field<'a, I, B, T, U, W, V>(io: I, field: FieldOffset<T, U>) -> Output<B, V>
where
    I: IoBase<'a, Backend = B, Target = T>,
    T: ?Sized + IoStruct,
    U: Place<T, Target = W>,
    W: Readable<Read = V>,
    B: IoCapable<W::Repr>,
{
    last(io, field).read_val()
}

/// `io_try_read!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn try_read_field<'a, I, B, T, U, W, V>(
    io: I,
    field: FieldOffset<T, U>,
) -> Result<V, ErrorOf<B>>
where
    I: IoBase<'a, Backend = B, Target = T>,
    T: ?Sized + IoStruct,
    U: Place<T, Target = W>,
    W: Readable<Read = V>,
    B: IoCapable<W::Repr>,
{
    last(io, field).try_read_val()
}

/// `io_write!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn write_field<'a, I, B, T, U, W, V>(io: I, field: FieldOffset<T, U>, value: V) -> Output<B, ()>
where
    I: IoBase<'a, Backend = B, Target = T>,
    T: ?Sized + IoStruct,
    U: Place<T, Target = W>,
    W: Writable<Write = V>,
    B: IoCapable<W::Repr>,
{
    last(io, field).write_val(value)
}

/// `io_try_write!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn try_write_field<'a, I, B, T, U, W, V>(
    io: I,
    field: FieldOffset<T, U>,
    value: V,
) -> Result<(), ErrorOf<B>>
where
    I: IoBase<'a, Backend = B, Target = T>,
    T: ?Sized + IoStruct,
    U: Place<T, Target = W>,
    W: Writable<Write = V>,
    B: IoCapable<W::Repr>,
{
    last(io, field).try_write_val(value)
}

/// `io_update!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn update_field<'a, I, B, T, U, W, V>(
    io: I,
    field: FieldOffset<T, U>,
    f: impl FnOnce(V) -> V,
) -> Output<B, ()>
where
    I: IoBase<'a, Backend = B, Target = T>,
    T: ?Sized + IoStruct,
    U: Place<T, Target = W>,
    W: Updatable<Read = V>,
    B: IoCapable<W::Repr>,
{
    last(io, field).update_val(f)
}

/// `io_try_update!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn try_update_field<'a, I, B, T, U, W, V>(
    io: I,
    field: FieldOffset<T, U>,
    f: impl FnOnce(V) -> V,
) -> Result<(), ErrorOf<B>>
where
    I: IoBase<'a, Backend = B, Target = T>,
    T: ?Sized + IoStruct,
    U: Place<T, Target = W>,
    W: Updatable<Read = V>,
    B: IoCapable<W::Repr>,
{
    last(io, field).try_update_val(f)
}
