//! Error modes: whether the accesses of a backend can fail, and the resulting return types.

use core::{convert::Infallible, fmt, marker::PhantomData};

use crate::{AccessError, CopyError, Error};

mod sealed {
    pub trait Sealed {}
}

/// The error mode of a backend, which states whether its accesses can fail: [`Infallible`], or
/// [`MayFail<E>`](MayFail) with the error type `E`. Sealed.
///
/// It determines the return types: the same `io_read!` returns `T` where accesses cannot fail and
/// `Result<T, E>` where they can.
pub trait ErrorMode: sealed::Sealed + 'static {
    /// The error of one access; [`Infallible`] where accesses cannot fail.
    type Error: fmt::Debug;
    /// The result of an access: `T`, or `Result<T, E>`.
    type Output<T>;
    /// The result of a copy: `T`, or `Result<T, CopyError<E>>`.
    type CopyOutput<T>;
    /// The error of an access whose place is checked at run time: [`Error`], or [`AccessError<E>`].
    type PlaceError: fmt::Debug;

    /// Converts the backend's result to the one that the user sees.
    fn output<T>(result: Result<T, Self::Error>) -> Self::Output<T>;

    /// Converts the result that the user sees to the backend's result.
    ///
    /// # Errors
    ///
    /// * The error in `output`, if there is one.
    fn result<T>(output: Self::Output<T>) -> Result<T, Self::Error>;

    /// Converts a copy's result to the one that the user sees.
    ///
    /// # Panics
    ///
    /// Only for [`Infallible`]:
    ///
    /// * `result` is an error: the lengths differ, the address or the size is not a multiple of the
    ///   access width, or the range is outside the region.
    fn copy_output<T>(result: Result<T, CopyError<Self::Error>>) -> Self::CopyOutput<T>;

    /// Converts a copy's result to the one that the user sees, with `value()` if it is `Ok`. The
    /// backend's result does not contain the value, so that the value is not moved.
    ///
    /// # Panics
    ///
    /// * The conditions of [`copy_output`](Self::copy_output).
    fn copy_output_with<T>(
        result: Result<(), CopyError<Self::Error>>,
        value: impl FnOnce() -> T,
    ) -> Self::CopyOutput<T>;

    /// Returns the error for an invalid place, where no access was made.
    fn place_error(error: Error) -> Self::PlaceError;

    /// Returns the error for an access that failed at a valid place.
    fn io_error(error: Self::Error) -> Self::PlaceError;
}

/// Accesses can fail with `E`: reads return `Result<T, E>`.
pub struct MayFail<E>(PhantomData<E>);

impl<E> fmt::Debug for MayFail<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MayFail")
    }
}

impl sealed::Sealed for Infallible {}
impl<E> sealed::Sealed for MayFail<E> {}

impl ErrorMode for Infallible {
    type Error = Infallible;
    type Output<T> = T;
    type CopyOutput<T> = T;
    type PlaceError = Error;

    #[inline(always)]
    fn output<T>(result: Result<T, Infallible>) -> T {
        match result {
            Ok(value) => value,
        }
    }

    #[inline(always)]
    fn result<T>(value: T) -> Result<T, Infallible> {
        Ok(value)
    }

    #[inline(always)]
    #[track_caller]
    fn copy_output<T>(result: Result<T, CopyError<Infallible>>) -> T {
        match result {
            Ok(value) => value,
            Err(error) => error.fail(),
        }
    }

    #[inline(always)]
    #[track_caller]
    fn copy_output_with<T>(
        result: Result<(), CopyError<Infallible>>,
        value: impl FnOnce() -> T,
    ) -> T {
        Self::copy_output(result);
        value()
    }

    #[inline(always)]
    fn place_error(error: Error) -> Error {
        error
    }

    #[inline(always)]
    fn io_error(never: Infallible) -> Error {
        match never {}
    }
}

impl<E: fmt::Debug + 'static> ErrorMode for MayFail<E> {
    type Error = E;
    type Output<T> = Result<T, E>;
    type CopyOutput<T> = Result<T, CopyError<E>>;
    type PlaceError = AccessError<E>;

    #[inline(always)]
    fn output<T>(result: Result<T, E>) -> Result<T, E> {
        result
    }

    #[inline(always)]
    fn result<T>(result: Result<T, E>) -> Result<T, E> {
        result
    }

    #[inline(always)]
    fn copy_output<T>(result: Result<T, CopyError<E>>) -> Result<T, CopyError<E>> {
        result
    }

    #[inline(always)]
    fn copy_output_with<T>(
        result: Result<(), CopyError<E>>,
        value: impl FnOnce() -> T,
    ) -> Result<T, CopyError<E>> {
        result.map(|()| value())
    }

    #[inline(always)]
    fn place_error(error: Error) -> AccessError<E> {
        AccessError::Place(error)
    }

    #[inline(always)]
    fn io_error(error: E) -> AccessError<E> {
        AccessError::Io(error)
    }
}
