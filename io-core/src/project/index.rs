//! Types that are indexed, and indices that are checked at run time, with an error or with a panic.

use core::ops::{
    Bound, Range, RangeBounds, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive,
};

use crate::io::{KnownSize, OutOfBound};

mod sealed {
    pub trait Sealed {}
}

/// A type that can be indexed: a slice or an array, also one with other bytes between the elements.
///
/// # Safety
///
/// * `count` must be the number of elements.
/// * For `i` less than that, `element` must return a pointer to element `i`, which is derived from
///   `ptr`, inside its bytes, and aligned.
/// * For `start + count` of at most that, `part` must return such a pointer to the elements from
///   `start` on, whose number is `count`.
/// * For a part of `M` elements, `array` must return a pointer to the same elements.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be indexed in an I/O projection",
    label = "neither a slice nor an array"
)]
pub unsafe trait Indexable: KnownSize {
    /// The type of the elements.
    type Item;
    /// The type of several elements, whose number is known at run time.
    type Part: ?Sized + Indexable<Item = Self::Item, Part = Self::Part>;
    /// The type of `M` elements.
    type Array<const M: usize>: ?Sized + Indexable<Item = Self::Item, Part = Self::Part>;

    /// Returns the number of elements.
    fn count(ptr: *mut Self) -> usize;

    /// Returns the pointer to an element.
    fn element(ptr: *mut Self, i: usize) -> *mut Self::Item;

    /// Returns the pointer to several elements.
    fn part(ptr: *mut Self, start: usize, count: usize) -> *mut Self::Part;

    /// Converts the pointer to a part of `M` elements.
    fn array<const M: usize>(part: *mut Self::Part) -> *mut Self::Array<M>;
}

/// A type whose elements are consecutive: a slice or an array.
///
/// # Safety
///
/// `elements` must return the same memory as a slice.
#[diagnostic::on_unimplemented(
    message = "the elements of `{Self}` are not consecutive in memory",
    label = "an array with a stride has no slice, and is not copied as a whole",
    note = "access the elements one by one: `for element in view.iter()`"
)]
pub unsafe trait Consecutive: Indexable {
    /// Returns the same memory as a slice.
    fn elements(ptr: *mut Self) -> *mut [Self::Item];
}

// SAFETY: the elements of a slice are consecutive.
unsafe impl<T> Indexable for [T] {
    type Item = T;
    type Part = [T];
    type Array<const M: usize> = [T; M];

    #[inline(always)]
    fn count(ptr: *mut Self) -> usize {
        ptr.len()
    }

    #[inline(always)]
    fn element(ptr: *mut Self, i: usize) -> *mut T {
        ptr.cast::<T>().wrapping_add(i)
    }

    #[inline(always)]
    fn part(ptr: *mut Self, start: usize, count: usize) -> *mut [T] {
        core::ptr::slice_from_raw_parts_mut(Self::element(ptr, start), count)
    }

    #[inline(always)]
    fn array<const M: usize>(part: *mut [T]) -> *mut [T; M] {
        part.cast()
    }
}

// SAFETY: returns the pointer unchanged.
unsafe impl<T> Consecutive for [T] {
    #[inline(always)]
    fn elements(ptr: *mut Self) -> *mut [T] {
        ptr
    }
}

// SAFETY: an array consists of `N` consecutive elements.
unsafe impl<T, const N: usize> Indexable for [T; N] {
    type Item = T;
    type Part = [T];
    type Array<const M: usize> = [T; M];

    #[inline(always)]
    fn count(_ptr: *mut Self) -> usize {
        N
    }

    #[inline(always)]
    fn element(ptr: *mut Self, i: usize) -> *mut T {
        ptr.cast::<T>().wrapping_add(i)
    }

    #[inline(always)]
    fn part(ptr: *mut Self, start: usize, count: usize) -> *mut [T] {
        core::ptr::slice_from_raw_parts_mut(Self::element(ptr, start), count)
    }

    #[inline(always)]
    fn array<const M: usize>(part: *mut [T]) -> *mut [T; M] {
        part.cast()
    }
}

// SAFETY: an array consists of `N` consecutive elements.
unsafe impl<T, const N: usize> Consecutive for [T; N] {
    #[inline(always)]
    fn elements(ptr: *mut Self) -> *mut [T] {
        core::ptr::slice_from_raw_parts_mut(ptr.cast(), N)
    }
}

/// `usize` or one of the six range forms. Sealed.
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be indexed by `{Self}` in an I/O projection",
    label = "not a valid index",
    note = "indices are `usize` or a range of `usize`"
)]
pub trait ProjectIndex<T: ?Sized>: sealed::Sealed {
    /// The type of an element, or of several.
    type Output: ?Sized + KnownSize;

    /// Returns the pointer to the element or part, which lies inside `elements`.
    ///
    /// # Errors
    ///
    /// * [`OutOfBound`] if the index is out of bounds.
    fn place(self, elements: *mut T) -> Result<*mut Self::Output, OutOfBound>;

    /// As `place`, but panics as the standard library does.
    fn place_or_panic(self, elements: *mut T) -> *mut Self::Output;
}

/// A slice of `len` zero-sized elements. Indexing it panics as in the standard library, and reads
/// nothing.
#[inline(always)]
fn probe(len: usize) -> &'static [()] {
    // SAFETY: zero-sized elements need no memory, for any `len`.
    unsafe { core::slice::from_raw_parts(core::ptr::NonNull::dangling().as_ptr(), len) }
}

impl sealed::Sealed for usize {}
impl<T: ?Sized + Indexable> ProjectIndex<T> for usize {
    type Output = T::Item;

    #[inline(always)]
    fn place(self, elements: *mut T) -> Result<*mut T::Item, OutOfBound> {
        let len = T::count(elements);
        if self < len {
            Ok(T::element(elements, self))
        } else {
            Err(OutOfBound { start: self, end: self.wrapping_add(1), len })
        }
    }

    #[inline(always)]
    #[track_caller]
    fn place_or_panic(self, elements: *mut T) -> *mut T::Item {
        let () = probe(T::count(elements))[self];
        T::element(elements, self)
    }
}

macro_rules! ranges {
    ($($range:ty, |$self:ident, $len:ident| $bounds:expr;)+) => {$(
        impl sealed::Sealed for $range {}
        impl<T: ?Sized + Indexable> ProjectIndex<T> for $range {
            type Output = T::Part;

            #[inline(always)]
            fn place($self, elements: *mut T) -> Result<*mut T::Part, OutOfBound> {
                let $len = T::count(elements);
                let (start, end): (usize, Option<usize>) = $bounds;
                match end {
                    Some(end) if start <= end && end <= $len => {
                        Ok(T::part(elements, start, end - start))
                    }
                    _ => Err(OutOfBound { start, end: end.unwrap_or(usize::MAX), len: $len }),
                }
            }

            #[inline(always)]
            #[track_caller]
            fn place_or_panic($self, elements: *mut T) -> *mut T::Part {
                let $len = T::count(elements);
                let _ = &probe($len)[$self.clone()];
                let (start, end): (usize, Option<usize>) = $bounds;
                // The standard library has just checked the range, so `end` is `Some`.
                T::part(elements, start, end.unwrap_or(start) - start)
            }
        }
    )+};
}

ranges! {
    Range<usize>, |self, len| (self.start, Some(self.end));
    RangeInclusive<usize>, |self, len| (*self.start(), match self.end_bound() {
        Bound::Included(end) => end.checked_add(1),
        // A range that was iterated to its end is empty.
        Bound::Excluded(end) => Some(*end),
        Bound::Unbounded => None,
    });
    RangeFrom<usize>, |self, len| (self.start, Some(len));
    RangeTo<usize>, |self, len| (0, Some(self.end));
    RangeToInclusive<usize>, |self, len| (0, self.end.checked_add(1));
    RangeFull, |self, len| (0, Some(len));
}
