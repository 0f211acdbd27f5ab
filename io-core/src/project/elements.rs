//! Iterators over the elements of a slice view.

use core::iter::FusedIterator;

use crate::io::IoBackend;

/// An iterator over the views of a slice view's elements, in address order, from
/// [`IoSlice::iter`](crate::IoSlice::iter). Makes no access.
///
/// ```
/// use io_core::prelude::*;
///
/// let mut memory = [1_u32, 2, 3];
/// let view = SysMem::from_mut_slice(&mut memory);
/// assert_eq!(view.iter().rev().map(|word| word.read_val()).collect::<Vec<_>>(), [3, 2, 1]);
/// ```
pub struct Iter<'a, B: IoBackend, T> {
    rest: B::View<'a, [T]>,
}

/// An iterator over the views of a slice view's parts of equal length, in address order, from
/// [`IoSlice::chunks`](crate::IoSlice::chunks). The last part may be shorter. Makes no access.
///
/// ```
/// use io_core::prelude::*;
///
/// let mut memory = [1_u32, 2, 3];
/// let view = SysMem::from_mut_slice(&mut memory);
/// assert_eq!(view.chunks(2).map(|part| part.len()).collect::<Vec<_>>(), [2, 1]);
/// ```
pub struct Chunks<'a, B: IoBackend, T> {
    rest: B::View<'a, [T]>,
    len: usize,
}

/// Splits a slice view in two.
///
/// # Safety
///
/// `at` must be at most the number of elements.
#[inline(always)]
pub(super) unsafe fn split<'a, B: IoBackend, T>(
    view: B::View<'a, [T]>,
    at: usize,
) -> (B::View<'a, [T]>, B::View<'a, [T]>) {
    let ptr = B::as_ptr(view);
    let first = core::ptr::slice_from_raw_parts_mut(ptr.cast::<T>(), at);
    let rest =
        core::ptr::slice_from_raw_parts_mut(ptr.cast::<T>().wrapping_add(at), ptr.len() - at);
    // SAFETY: the caller guarantees that there are at least `at` elements.
    let first = unsafe { B::project_view(view, first) };
    // SAFETY: the elements after the first `at`.
    (first, unsafe { B::project_view(view, rest) })
}

/// Returns the view of one element.
///
/// # Safety
///
/// `i` must be less than the number of elements.
#[inline(always)]
pub(super) unsafe fn element<'a, B: IoBackend, T>(
    view: B::View<'a, [T]>,
    i: usize,
) -> B::View<'a, T> {
    let ptr = B::as_ptr(view).cast::<T>().wrapping_add(i);
    // SAFETY: the caller guarantees that this is one of the elements.
    unsafe { B::project_view(view, ptr) }
}

impl<'a, B: IoBackend, T> Iter<'a, B, T> {
    pub(super) fn new(rest: B::View<'a, [T]>) -> Self {
        Iter { rest }
    }

    fn len(&self) -> usize {
        B::as_ptr(self.rest).len()
    }
}

impl<'a, B: IoBackend, T> Iterator for Iter<'a, B, T> {
    type Item = B::View<'a, T>;

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        if self.len() == 0 {
            return None;
        }
        // SAFETY: there is at least one element, as just checked.
        let first = unsafe { element::<B, T>(self.rest, 0) };
        // SAFETY: there is at least one element, as just checked.
        let (_, rest) = unsafe { split::<B, T>(self.rest, 1) };
        self.rest = rest;
        Some(first)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len(), Some(self.len()))
    }
}

impl<B: IoBackend, T> DoubleEndedIterator for Iter<'_, B, T> {
    #[inline(always)]
    fn next_back(&mut self) -> Option<Self::Item> {
        let before = self.len().checked_sub(1)?;
        // SAFETY: `before` is the index of the last element.
        let last = unsafe { element::<B, T>(self.rest, before) };
        // SAFETY: `before` is less than the number of elements.
        let (rest, _) = unsafe { split::<B, T>(self.rest, before) };
        self.rest = rest;
        Some(last)
    }
}

impl<B: IoBackend, T> ExactSizeIterator for Iter<'_, B, T> {}
impl<B: IoBackend, T> FusedIterator for Iter<'_, B, T> {}

impl<'a, B: IoBackend, T> Chunks<'a, B, T> {
    /// `len` must not be 0.
    pub(super) fn new(rest: B::View<'a, [T]>, len: usize) -> Self {
        Chunks { rest, len }
    }
}

impl<'a, B: IoBackend, T> Iterator for Chunks<'a, B, T> {
    type Item = B::View<'a, [T]>;

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        let left = B::as_ptr(self.rest).len();
        if left == 0 {
            return None;
        }
        // SAFETY: at most the number of elements.
        let (chunk, rest) = unsafe { split::<B, T>(self.rest, self.len.min(left)) };
        self.rest = rest;
        Some(chunk)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let chunks = B::as_ptr(self.rest).len().div_ceil(self.len);
        (chunks, Some(chunks))
    }
}

impl<B: IoBackend, T> ExactSizeIterator for Chunks<'_, B, T> {}
impl<B: IoBackend, T> FusedIterator for Chunks<'_, B, T> {}

impl<B: IoBackend, T> core::fmt::Debug for Iter<'_, B, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Iter({} left)", self.len())
    }
}

impl<B: IoBackend, T> core::fmt::Debug for Chunks<'_, B, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Chunks({} elements left)", B::as_ptr::<[T]>(self.rest).len())
    }
}
