//! Whether accesses of a backend can fail, and what the user sees if so.

use core::{convert::Infallible, fmt, marker::PhantomData};

use crate::{AccessError, CopyError, Error};

mod sealed {
    pub trait Sealed {}
}

/// How a backend fails: [`Never`] or [`Fails<E>`](Fails). Sealed.
///
/// It shapes what users see: the same `io_read!` gives `T` where accesses
/// cannot fail and `Result<T, E>` where they can.
pub trait Failure: sealed::Sealed + 'static {
    /// The error of one access; [`Infallible`] for [`Never`].
    type Error: fmt::Debug;
    /// What a plain access gives.
    type Output<T>;
    /// What a copy gives.
    type Copied<T>;
    /// The error of an access whose place is checked at run time.
    type Located: fmt::Debug;

    /// From the backend's result to what the user sees.
    fn output<T>(result: Result<T, Self::Error>) -> Self::Output<T>;

    /// From what the user sees to the backend's result.
    ///
    /// # Errors
    ///
    /// What the user sees.
    fn result<T>(output: Self::Output<T>) -> Result<T, Self::Error>;

    /// From a copy's result to what the user sees.
    ///
    /// # Panics
    ///
    /// Under [`Never`], if the lengths differ or the access width does not fit:
    /// the two errors of a copy that are the caller's own.
    fn copied<T>(result: Result<T, CopyError<Self::Error>>) -> Self::Copied<T>;

    /// From a copy's result to what the user sees, who gets `value` if it is
    /// `Ok`. Without the value in the result, none is moved about.
    ///
    /// # Panics
    ///
    /// As [`copied`](Self::copied).
    fn copied_with<T>(
        result: Result<(), CopyError<Self::Error>>,
        value: impl FnOnce() -> T,
    ) -> Self::Copied<T>;

    /// The place is wrong; no access was made.
    fn misplaced(error: Error) -> Self::Located;

    /// The place is right, the access failed.
    fn failed(error: Self::Error) -> Self::Located;
}

/// Accesses cannot fail; reads give `T`.
#[derive(Debug)]
pub enum Never {}

/// Accesses can fail with `E`; reads give `Result<T, E>`.
pub struct Fails<E>(PhantomData<E>);

impl<E> fmt::Debug for Fails<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fails")
    }
}

impl sealed::Sealed for Never {}
impl<E> sealed::Sealed for Fails<E> {}

impl Failure for Never {
    type Error = Infallible;
    type Output<T> = T;
    type Copied<T> = T;
    type Located = Error;

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
    fn copied<T>(result: Result<T, CopyError<Infallible>>) -> T {
        match result {
            Ok(value) => value,
            Err(error) => error.fail(),
        }
    }

    #[inline(always)]
    #[track_caller]
    fn copied_with<T>(result: Result<(), CopyError<Infallible>>, value: impl FnOnce() -> T) -> T {
        Self::copied(result);
        value()
    }

    #[inline(always)]
    fn misplaced(error: Error) -> Error {
        error
    }

    #[inline(always)]
    fn failed(never: Infallible) -> Error {
        match never {}
    }
}

impl<E: fmt::Debug + 'static> Failure for Fails<E> {
    type Error = E;
    type Output<T> = Result<T, E>;
    type Copied<T> = Result<T, CopyError<E>>;
    type Located = AccessError<E>;

    #[inline(always)]
    fn output<T>(result: Result<T, E>) -> Result<T, E> {
        result
    }

    #[inline(always)]
    fn result<T>(result: Result<T, E>) -> Result<T, E> {
        result
    }

    #[inline(always)]
    fn copied<T>(result: Result<T, CopyError<E>>) -> Result<T, CopyError<E>> {
        result
    }

    #[inline(always)]
    fn copied_with<T>(
        result: Result<(), CopyError<E>>,
        value: impl FnOnce() -> T,
    ) -> Result<T, CopyError<E>> {
        result.map(|()| value())
    }

    #[inline(always)]
    fn misplaced(error: Error) -> AccessError<E> {
        AccessError::Place(error)
    }

    #[inline(always)]
    fn failed(error: E) -> AccessError<E> {
        AccessError::Io(error)
    }
}
