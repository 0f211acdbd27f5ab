//! Backends that copy: the trait that they implement.

use super::{CopyError, ErrorOf, IoBackend};
use crate::value::Width;

/// The accesses of a copy for which the driver states no width.
///
/// ```
/// use io_core::backend::{IoCopyable, Medium, MmioBackend, SysMemBackend};
///
/// assert_eq!(MmioBackend::MEDIUM, Medium::Device);
/// assert_eq!(SysMemBackend::MEDIUM, Medium::Memory);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Medium {
    /// Memory: the backend chooses the accesses, usually byte-wise atomic ones.
    Memory,
    /// A device: each field is copied by accesses of its own width.
    Device,
    /// Either, depending on the view ([`IoCopyable::is_device`]).
    Either,
}

/// A backend that copies bytes between views and private memory.
///
/// Each byte is loaded once and stored once, in ascending address order. If `width` is given, every
/// access has that width and is aligned to it. Otherwise the backend chooses, usually byte-wise
/// atomic accesses.
///
/// A copy of a device's registers ([`Medium::Device`]) is a series of calls, each with the width of
/// the fields that it copies; that of untyped memory is one call with the
/// [`widest`](super::widest) width. The calls are relaxed; [`before_copy_to`](Self::before_copy_to) and
/// [`after_copy_from`](Self::after_copy_from) order the series as a whole.
///
/// # Safety
///
/// * If `copy_from_io` returns `Ok`, it must have initialised all bytes of the buffer. If it
///   returns an error, it must have initialised the first [`done`](CopyError::done) bytes.
/// * Bytes outside the view and the buffer must not be accessed.
pub unsafe trait IoCopyable: IoBackend {
    /// The accesses of a copy for which the driver states no width.
    const MEDIUM: Medium;

    /// The widest access of the medium. A device's block that contains a wider field cannot be
    /// copied as a whole, which is a compile error.
    const WIDEST: Width = Width::W64;

    /// Returns whether the fields of a view are copied by accesses of their own width. The default
    /// is `false` for [`Medium::Either`], so such a backend must implement it.
    #[inline(always)]
    fn is_device<'a>(view: Self::View<'a, [u8]>) -> bool {
        let _ = view;
        matches!(Self::MEDIUM, Medium::Device)
    }

    /// Orders earlier accesses against the copies to this view that follow.
    #[inline(always)]
    fn before_copy_to<'a>(view: Self::View<'a, [u8]>) {
        let _ = view;
    }

    /// Orders later accesses against the copies from this view that were just made.
    #[inline(always)]
    fn after_copy_from<'a>(view: Self::View<'a, [u8]>) {
        let _ = view;
    }

    /// Copies the whole view into `buffer`.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Width`] if address or size is not a multiple of `width`, or if the medium has
    ///   no accesses of this width. No access was made.
    /// * [`CopyError::Io`] if an access failed, with the number of bytes copied before it.
    ///
    /// # Safety
    ///
    /// `buffer` must be valid for writes of as many bytes as the view has, and must not overlap
    /// them.
    #[doc(alias = "memcpy_fromio")]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<ErrorOf<Self>>>;

    /// Copies `buffer` into the whole view.
    ///
    /// # Errors
    ///
    /// * The errors of [`copy_from_io`](Self::copy_from_io).
    ///
    /// # Safety
    ///
    /// `buffer` must be valid for reads of as many initialised bytes as the view has, and must not
    /// overlap them.
    #[doc(alias = "memcpy_toio")]
    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> Result<(), CopyError<ErrorOf<Self>>>;

    /// Writes `byte` to every byte of the view.
    ///
    /// # Errors
    ///
    /// * The errors of [`copy_from_io`](Self::copy_from_io).
    #[doc(alias = "memset_io")]
    fn fill_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        byte: u8,
    ) -> Result<(), CopyError<ErrorOf<Self>>>;
}
