//! Iterators over the elements of a slice view.

use core::iter::FusedIterator;

use super::index::Indexable;
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
pub struct Iter<'a, B: IoBackend, P: ?Sized + Indexable> {
    rest: B::View<'a, P>,
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
pub struct Chunks<'a, B: IoBackend, P: ?Sized + Indexable> {
    rest: B::View<'a, P>,
    len: usize,
}

/// Splits a slice view in two.
///
/// # Safety
///
/// `at` must be at most the number of elements.
#[inline(always)]
pub(super) unsafe fn split<'a, B: IoBackend, P: ?Sized + Indexable>(
    view: B::View<'a, P>,
    at: usize,
) -> (B::View<'a, P::Part>, B::View<'a, P::Part>) {
    let ptr = B::as_ptr(view);
    let (first, rest) = (P::part(ptr, 0, at), P::part(ptr, at, P::count(ptr) - at));
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
pub(super) unsafe fn element<'a, B: IoBackend, P: ?Sized + Indexable>(
    view: B::View<'a, P>,
    i: usize,
) -> B::View<'a, P::Item> {
    let ptr = P::element(B::as_ptr(view), i);
    // SAFETY: the caller guarantees that this is one of the elements.
    unsafe { B::project_view(view, ptr) }
}

impl<'a, B: IoBackend, P: ?Sized + Indexable> Iter<'a, B, P> {
    pub(super) fn new(rest: B::View<'a, P>) -> Self {
        Iter { rest }
    }

    fn len(&self) -> usize {
        P::count(B::as_ptr(self.rest))
    }
}

impl<'a, B: IoBackend, P: ?Sized + Indexable<Part = P>> Iterator for Iter<'a, B, P> {
    type Item = B::View<'a, P::Item>;

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        if self.len() == 0 {
            return None;
        }
        // SAFETY: there is at least one element, as just checked.
        let first = unsafe { element::<B, P>(self.rest, 0) };
        // SAFETY: there is at least one element, as just checked.
        let (_, rest) = unsafe { split::<B, P>(self.rest, 1) };
        self.rest = rest;
        Some(first)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len(), Some(self.len()))
    }
}

impl<B: IoBackend, P: ?Sized + Indexable<Part = P>> DoubleEndedIterator for Iter<'_, B, P> {
    #[inline(always)]
    fn next_back(&mut self) -> Option<Self::Item> {
        let before = self.len().checked_sub(1)?;
        // SAFETY: `before` is the index of the last element.
        let last = unsafe { element::<B, P>(self.rest, before) };
        // SAFETY: `before` is less than the number of elements.
        let (rest, _) = unsafe { split::<B, P>(self.rest, before) };
        self.rest = rest;
        Some(last)
    }
}

impl<B: IoBackend, P: ?Sized + Indexable<Part = P>> ExactSizeIterator for Iter<'_, B, P> {}
impl<B: IoBackend, P: ?Sized + Indexable<Part = P>> FusedIterator for Iter<'_, B, P> {}

impl<'a, B: IoBackend, P: ?Sized + Indexable> Chunks<'a, B, P> {
    /// `len` must not be 0.
    pub(super) fn new(rest: B::View<'a, P>, len: usize) -> Self {
        Chunks { rest, len }
    }
}

impl<'a, B: IoBackend, P: ?Sized + Indexable<Part = P>> Iterator for Chunks<'a, B, P> {
    type Item = B::View<'a, P>;

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        let left = P::count(B::as_ptr(self.rest));
        if left == 0 {
            return None;
        }
        // SAFETY: at most the number of elements.
        let (chunk, rest) = unsafe { split::<B, P>(self.rest, self.len.min(left)) };
        self.rest = rest;
        Some(chunk)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let chunks = P::count(B::as_ptr(self.rest)).div_ceil(self.len);
        (chunks, Some(chunks))
    }
}

impl<B: IoBackend, P: ?Sized + Indexable<Part = P>> ExactSizeIterator for Chunks<'_, B, P> {}
impl<B: IoBackend, P: ?Sized + Indexable<Part = P>> FusedIterator for Chunks<'_, B, P> {}

impl<B: IoBackend, P: ?Sized + Indexable> core::fmt::Debug for Iter<'_, B, P> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Iter({} left)", self.len())
    }
}

impl<B: IoBackend, P: ?Sized + Indexable> core::fmt::Debug for Chunks<'_, B, P> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Chunks({} elements left)", P::count(B::as_ptr(self.rest)))
    }
}
