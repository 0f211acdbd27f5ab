//! The last step of a path, if it goes to a field, and the access there: one call, since nearly all
//! paths end so, and the time that rustc takes grows with the number of calls.
//!
//! The functions are written out: rustc's errors show their signatures, and of a macro's functions
//! it would show the macro.

use super::{
    field::{FieldOffset, Place},
    projection::place,
};
use crate::{
    io::{
        ErrorMode, ErrorOf, IoBackend, IoBase, IoCapable, Output, ViewOf, read_value, update_value,
        write_value,
    },
    layout::IoStruct,
    value::{Readable, Updatable, Writable},
};

/// `io_project!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn project_field<'a, I, U>(io: I, field: FieldOffset<I::Target, U>) -> ViewOf<'a, I, U::Target>
where
    I: IoBase<'a, Target: IoStruct>,
    U: Place<I::Target>,
{
    place::<I::Backend, I::Target, U>(io.as_view(), field)
}

/// `io_read!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn read_field<'a, I, U, W>(
    io: I,
    field: FieldOffset<I::Target, U>,
) -> Output<I::Backend, W::Read>
where
    I: IoBase<'a, Target: IoStruct, Backend: IoCapable<W::Repr>>,
    U: Place<I::Target, Target = W>,
    W: Readable,
{
    let view = place::<I::Backend, I::Target, U>(io.as_view(), field);
    <I::Backend as IoBackend>::Fail::output(read_value::<I::Backend, W>(view))
}

/// `io_try_read!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn try_read_field<'a, I, U, W>(
    io: I,
    field: FieldOffset<I::Target, U>,
) -> Result<W::Read, ErrorOf<I::Backend>>
where
    I: IoBase<'a, Target: IoStruct, Backend: IoCapable<W::Repr>>,
    U: Place<I::Target, Target = W>,
    W: Readable,
{
    let view = place::<I::Backend, I::Target, U>(io.as_view(), field);
    read_value::<I::Backend, W>(view)
}

/// `io_write!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn write_field<'a, I, U, W>(
    io: I,
    field: FieldOffset<I::Target, U>,
    value: W::Write,
) -> Output<I::Backend, ()>
where
    I: IoBase<'a, Target: IoStruct, Backend: IoCapable<W::Repr>>,
    U: Place<I::Target, Target = W>,
    W: Writable,
{
    let view = place::<I::Backend, I::Target, U>(io.as_view(), field);
    <I::Backend as IoBackend>::Fail::output(write_value::<I::Backend, W>(view, value))
}

/// `io_try_write!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn try_write_field<'a, I, U, W>(
    io: I,
    field: FieldOffset<I::Target, U>,
    value: W::Write,
) -> Result<(), ErrorOf<I::Backend>>
where
    I: IoBase<'a, Target: IoStruct, Backend: IoCapable<W::Repr>>,
    U: Place<I::Target, Target = W>,
    W: Writable,
{
    let view = place::<I::Backend, I::Target, U>(io.as_view(), field);
    write_value::<I::Backend, W>(view, value)
}

/// `io_update!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn update_field<'a, I, U, W>(
    io: I,
    field: FieldOffset<I::Target, U>,
    f: impl FnOnce(W::Read) -> W::Write,
) -> Output<I::Backend, ()>
where
    I: IoBase<'a, Target: IoStruct, Backend: IoCapable<W::Repr>>,
    U: Place<I::Target, Target = W>,
    W: Updatable,
{
    let view = place::<I::Backend, I::Target, U>(io.as_view(), field);
    <I::Backend as IoBackend>::Fail::output(update_value::<I::Backend, W>(view, f))
}

/// `io_try_update!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn try_update_field<'a, I, U, W>(
    io: I,
    field: FieldOffset<I::Target, U>,
    f: impl FnOnce(W::Read) -> W::Write,
) -> Result<(), ErrorOf<I::Backend>>
where
    I: IoBase<'a, Target: IoStruct, Backend: IoCapable<W::Repr>>,
    U: Place<I::Target, Target = W>,
    W: Updatable,
{
    let view = place::<I::Backend, I::Target, U>(io.as_view(), field);
    update_value::<I::Backend, W>(view, f)
}
