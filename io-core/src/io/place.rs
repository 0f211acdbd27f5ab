//! Places inside an untyped region: the views at a location, which was checked already, and at an
//! offset, which is checked here.

use super::{
    CopyError, Error, ErrorOf, IoBackend, IoBase, KnownSize, Loc, Locatable, Untyped, ViewOf,
};
use crate::value::IoValue;

/// The view of the register at `loc`.
#[inline(always)]
pub(crate) fn located<'a, I: IoBase<'a, Target: Untyped>, V: ?Sized + Locatable>(
    io: I,
    loc: Loc<I::Target, V>,
) -> ViewOf<'a, I, V> {
    let view = io.as_view();
    let ptr = V::pointer(I::Backend::as_ptr(view).cast::<u8>().wrapping_add(loc.start()));
    // SAFETY: by `Loc`'s invariants, the register lies inside every `I::Target` and is aligned, and
    // a `V` of the minimum size exists. Untyped memory may be accessed as a `V`.
    unsafe { I::Backend::project_view(view, ptr) }
}

/// The view of `len` bytes at `offset` of a region, with a bounds check.
#[inline(always)]
pub(super) fn bytes_at<'a, B: IoBackend, T: ?Sized + Untyped>(
    view: B::View<'a, T>,
    offset: usize,
    len: usize,
) -> Result<B::View<'a, [u8]>, CopyError<ErrorOf<B>>> {
    let ptr = B::as_ptr(view);
    let limit = T::size(ptr);
    if offset.checked_add(len).is_none_or(|end| end > limit) {
        return Err(CopyError::OutOfRange { offset, size: len, limit });
    }
    let start = ptr.cast::<u8>().wrapping_add(offset);
    let bytes = core::ptr::slice_from_raw_parts_mut(start, len);
    // SAFETY: the bytes lie inside the region, as just checked. Bytes need no alignment.
    Ok(unsafe { B::project_view(view, bytes) })
}

/// The view of a `V` at `offset` of a region, with checks of bounds and alignment.
///
/// The address must be a multiple of the width of the accesses, also on targets where integers of
/// that width have a smaller alignment (`u64` on some 32-bit targets).
#[inline(always)]
pub(super) fn value_at<'a, I: IoBase<'a, Target: Untyped>, V: IoValue>(
    io: I,
    offset: usize,
) -> Result<ViewOf<'a, I, V>, Error> {
    let view = io.as_view();
    let ptr = I::Backend::as_ptr(view);
    let (size, limit) = (size_of::<V>(), I::Target::size(ptr));
    if offset.checked_add(size).is_none_or(|end| end > limit) {
        return Err(Error::OutOfRange { offset, size, limit });
    }
    let ptr = ptr.cast::<u8>().wrapping_add(offset);
    let align =
        if align_of::<V>() > size_of::<V::Repr>() { align_of::<V>() } else { size_of::<V::Repr>() };
    if !ptr.addr().is_multiple_of(align) {
        return Err(Error::Misaligned { address: ptr.addr(), align });
    }
    // SAFETY: the value lies inside the region and is aligned, as just checked. Untyped memory may
    // be accessed as a `V`.
    Ok(unsafe { I::Backend::project_view(view, ptr.cast::<V>()) })
}

#[inline(always)]
#[track_caller]
pub(super) fn or_panic<T>(result: Result<T, Error>) -> T {
    #[cold]
    #[track_caller]
    fn fail(error: Error) -> ! {
        panic!("{error}")
    }
    match result {
        Ok(value) => value,
        Err(error) => fail(error),
    }
}
