//! Copies between the elements of a view and a slice of the same length.

use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::{
    io::{Accesses, CopyError, ErrorOf, IoCopyable},
    value::IoLayout,
};

/// Copies all elements out.
#[inline(always)]
pub(super) fn to_slice<'a, B: IoCopyable, T: FromBytes + IoLayout>(
    view: B::View<'a, [T]>,
    accesses: impl Accesses,
    slice: &mut [T],
) -> Result<(), CopyError<ErrorOf<B>>> {
    check_length::<B, T>(view, slice)?;
    // SAFETY: the slice is private, and has the view's number of elements of the same size. Any
    // bytes are valid elements.
    unsafe { crate::io::copy_slice_out::<B, _>(view, accesses, slice.as_mut_ptr().cast()) }
}

/// Copies all elements in.
#[inline(always)]
pub(super) fn from_slice<'a, B: IoCopyable, T: IntoBytes + Immutable + IoLayout>(
    view: B::View<'a, [T]>,
    accesses: impl Accesses,
    slice: &[T],
) -> Result<(), CopyError<ErrorOf<B>>> {
    check_length::<B, T>(view, slice)?;
    // SAFETY: the slice is private, has the view's number of elements of the same size, and has no
    // uninitialised bytes.
    unsafe { crate::io::copy_slice_in::<B, _>(view, accesses, slice.as_bytes().as_ptr()) }
}

/// Returns an error if the numbers of elements differ.
#[inline(always)]
fn check_length<'a, B: IoCopyable, T>(
    view: B::View<'a, [T]>,
    slice: &[T],
) -> Result<(), CopyError<ErrorOf<B>>> {
    match (B::as_ptr(view).len(), slice.len()) {
        (expected, found) if expected == found => Ok(()),
        (expected, found) => Err(CopyError::Length { expected, found }),
    }
}
