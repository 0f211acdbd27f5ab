//! The directions of a copy: to a buffer, from a buffer, and a fill.

use super::{CopyError, ErrorOf, IoCopyable};
use crate::value::Width;

/// A copy of one view in one direction. A buffer has the size of the view, so a part of the view and
/// its part of the buffer have the same offset, `at`.
pub(crate) trait Transfer<B: IoCopyable>: Copy {
    /// Transfers a part with accesses of `width`, or of the backend's choice.
    ///
    /// # Safety
    ///
    /// `part` must be bytes of the view that the value was created for, from offset `at` on.
    unsafe fn part<'a>(
        self,
        part: B::View<'a, [u8]>,
        width: Option<Width>,
        at: usize,
    ) -> Result<(), CopyError<ErrorOf<B>>>;

    /// Prepares a copy of a view of `size` bytes that skips reserved bytes.
    ///
    /// # Safety
    ///
    /// `size` must be the size of the copied view.
    unsafe fn skips_reserved(self, size: usize) {
        let _ = size;
    }
}

/// Copies to a buffer.
///
/// # Invariants
///
/// The buffer is valid for writes of as many bytes as the copied view has, and does not overlap
/// them.
#[derive(Clone, Copy)]
pub(super) struct ToBuffer(*mut u8);

/// Copies from a buffer.
///
/// # Invariants
///
/// The buffer is valid for reads of as many initialised bytes as the copied view has, and does not
/// overlap them.
#[derive(Clone, Copy)]
pub(super) struct FromBuffer(*const u8);

/// Writes a byte.
#[derive(Clone, Copy)]
pub(super) struct Fill(pub(super) u8);

impl ToBuffer {
    /// # Safety
    ///
    /// The buffer must fulfil the invariants of this type for every view that is copied.
    #[inline(always)]
    pub(super) unsafe fn new(buffer: *mut u8) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self(buffer)
    }
}

impl FromBuffer {
    /// # Safety
    ///
    /// The buffer must fulfil the invariants of this type for every view that is copied.
    #[inline(always)]
    pub(super) unsafe fn new(buffer: *const u8) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self(buffer)
    }
}

impl<B: IoCopyable> Transfer<B> for ToBuffer {
    #[inline(always)]
    unsafe fn part<'a>(
        self,
        part: B::View<'a, [u8]>,
        width: Option<Width>,
        at: usize,
    ) -> Result<(), CopyError<ErrorOf<B>>> {
        // SAFETY: by the invariants, the buffer is valid for writes of the bytes from `at` on, of
        // which the part has no more than the view, and does not overlap them.
        unsafe { B::copy_from_io(part, width, self.0.wrapping_add(at)) }
    }

    #[inline(always)]
    unsafe fn skips_reserved(self, size: usize) {
        // SAFETY: by the invariants, the buffer is valid for writes of the view's size.
        unsafe { self.0.write_bytes(0, size) };
    }
}

impl<B: IoCopyable> Transfer<B> for FromBuffer {
    #[inline(always)]
    unsafe fn part<'a>(
        self,
        part: B::View<'a, [u8]>,
        width: Option<Width>,
        at: usize,
    ) -> Result<(), CopyError<ErrorOf<B>>> {
        // SAFETY: by the invariants, the buffer is valid for reads of the bytes from `at` on, of
        // which the part has no more than the view, and does not overlap them.
        unsafe { B::copy_to_io(part, width, self.0.wrapping_add(at)) }
    }
}

impl<B: IoCopyable> Transfer<B> for Fill {
    #[inline(always)]
    unsafe fn part<'a>(
        self,
        part: B::View<'a, [u8]>,
        width: Option<Width>,
        _at: usize,
    ) -> Result<(), CopyError<ErrorOf<B>>> {
        B::fill_io(part, width, self.0)
    }
}
