//! The access at the end of a path whose last step is an index or a location.
//!
//! The type of the value is the parameter `T`, so that an error about it is reported at the step.
//! For a method of [`Io`](crate::Io), rustc would underline the whole macro call.

use crate::{
    io::{
        ErrorMode, ErrorOf, IoBackend, IoBase, IoCapable, Output, read_value, update_value,
        write_value,
    },
    value::{Readable, Updatable, Writable},
};

/// Implements `io_read!`.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn read_element<'a, I, T>(io: I) -> Output<I::Backend, T::Read>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<T::Repr>>,
    T: Readable,
{
    <I::Backend as IoBackend>::Fail::output(read_value::<I::Backend, T>(io.as_view()))
}

/// Implements `io_try_read!`.
///
/// # Errors
///
/// * The backend's error, if the access failed.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn try_read_element<'a, I, T>(io: I) -> Result<T::Read, ErrorOf<I::Backend>>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<T::Repr>>,
    T: Readable,
{
    read_value::<I::Backend, T>(io.as_view())
}

/// Implements `io_write!`.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn write_element<'a, I, T>(io: I, value: T::Write) -> Output<I::Backend, ()>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<T::Repr>>,
    T: Writable,
{
    <I::Backend as IoBackend>::Fail::output(write_value::<I::Backend, T>(io.as_view(), value))
}

/// Implements `io_try_write!`.
///
/// # Errors
///
/// * The backend's error, if the access failed.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn try_write_element<'a, I, T>(io: I, value: T::Write) -> Result<(), ErrorOf<I::Backend>>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<T::Repr>>,
    T: Writable,
{
    write_value::<I::Backend, T>(io.as_view(), value)
}

/// Implements `io_update!`.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn update_element<'a, I, T>(
    io: I,
    f: impl FnOnce(T::Read) -> T::Write,
) -> Output<I::Backend, ()>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<T::Repr>>,
    T: Updatable,
{
    <I::Backend as IoBackend>::Fail::output(update_value::<I::Backend, T>(io.as_view(), f))
}

/// Implements `io_try_update!`.
///
/// # Errors
///
/// * The backend's error, if an access failed.
#[cfg_attr(debug_assertions, inline)]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn try_update_element<'a, I, T>(
    io: I,
    f: impl FnOnce(T::Read) -> T::Write,
) -> Result<(), ErrorOf<I::Backend>>
where
    I: IoBase<'a, Target = T, Backend: IoCapable<T::Repr>>,
    T: Updatable,
{
    update_value::<I::Backend, T>(io.as_view(), f)
}
