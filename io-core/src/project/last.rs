//! The last step of a path, if it goes to a field, and the access there: one call, since nearly all
//! paths end so, and the time that rustc takes grows with the number of calls.
//!
//! The functions are written out: rustc's errors show their signatures, and of a macro's functions
//! it would show the macro. They have at most four type parameters, a closure included. The field's
//! type as the parameter `W` makes rustc underline the field; the block's type as the parameter `T`
//! takes less time than `I::Target`.

use super::{
    field::{FieldOffset, FieldTarget},
    projection::place,
};
use crate::{
    io::{
        ErrorMode, ErrorOf, IoBackend, IoBase, IoCapable, Output, read_value, update_value,
        write_value,
    },
    layout::IoStruct,
    value::{Readable, Updatable, Writable},
};

/// `io_project!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn project_field<'a, I, B, T, U>(io: I, field: FieldOffset<T, U>) -> B::View<'a, U::Target>
where
    I: IoBase<'a, Backend = B, Target = T>,
    B: IoBackend,
    T: ?Sized + IoStruct,
    U: FieldTarget<T>,
{
    place::<B, T, U>(io.as_view(), field)
}

/// `io_read!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn read_field<'a, I, T, U, W>(io: I, field: FieldOffset<T, U>) -> Output<I::Backend, W::Read>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<W::Repr>>,
    T: ?Sized + IoStruct,
    U: FieldTarget<T, Target = W>,
    W: Readable,
{
    let view = place::<I::Backend, T, U>(io.as_view(), field);
    <I::Backend as IoBackend>::Fail::output(read_value::<I::Backend, W>(view))
}

/// `io_try_read!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn try_read_field<'a, I, T, U, W>(
    io: I,
    field: FieldOffset<T, U>,
) -> Result<W::Read, ErrorOf<I::Backend>>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<W::Repr>>,
    T: ?Sized + IoStruct,
    U: FieldTarget<T, Target = W>,
    W: Readable,
{
    read_value::<I::Backend, W>(place::<I::Backend, T, U>(io.as_view(), field))
}

/// `io_write!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn write_field<'a, I, T, U, W>(
    io: I,
    field: FieldOffset<T, U>,
    value: W::Write,
) -> Output<I::Backend, ()>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<W::Repr>>,
    T: ?Sized + IoStruct,
    U: FieldTarget<T, Target = W>,
    W: Writable,
{
    <I::Backend as IoBackend>::Fail::output(write_value::<I::Backend, W>(
        place::<I::Backend, T, U>(io.as_view(), field),
        value,
    ))
}

/// `io_try_write!`
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn try_write_field<'a, I, T, U, W>(
    io: I,
    field: FieldOffset<T, U>,
    value: W::Write,
) -> Result<(), ErrorOf<I::Backend>>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<W::Repr>>,
    T: ?Sized + IoStruct,
    U: FieldTarget<T, Target = W>,
    W: Writable,
{
    write_value::<I::Backend, W>(place::<I::Backend, T, U>(io.as_view(), field), value)
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
    U: FieldTarget<I::Target, Target = W>,
    W: Updatable,
{
    <I::Backend as IoBackend>::Fail::output(update_value::<I::Backend, W>(
        place::<I::Backend, I::Target, U>(io.as_view(), field),
        f,
    ))
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
    U: FieldTarget<I::Target, Target = W>,
    W: Updatable,
{
    update_value::<I::Backend, W>(place::<I::Backend, I::Target, U>(io.as_view(), field), f)
}
