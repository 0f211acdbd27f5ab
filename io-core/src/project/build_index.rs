//! Constant indices, checked at compile time.

use core::{
    marker::PhantomData,
    ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive},
};

use super::index::Indexable;
use crate::io::KnownSize;

/// A constant index whose bounds are not yet checked.
#[derive(Debug)]
pub struct BuildIndex<I>(pub I);

/// The types of a constant index.
#[diagnostic::on_unimplemented(
    message = "an array cannot be indexed by `{Self}` in an I/O projection",
    label = "not a valid index",
    note = "indices are `usize` or a range of `usize`"
)]
pub trait ConstIndex {}

/// The fallback that method resolution finds for every other type, so that the error names the
/// valid index types.
pub trait NoIndex<I>: Sized {
    /// Never called.
    fn check<const N: usize>(self) -> Built<N, One>
    where
        I: ConstIndex,
    {
        unreachable!()
    }
}

impl<I> NoIndex<I> for BuildIndex<I> {}

/// An index that is in bounds for every array of `N` elements.
///
/// `K` specifies what is selected: one element (`One`), a part (`Part`) or a part of `M` elements
/// (`Many<M>`).
///
/// # Invariants
///
/// `start + count <= N`; `count` is 1 if `K` is `One`, and `M` if `K` is `Many<M>`.
#[derive(Debug)]
pub struct Built<const N: usize, K> {
    start: usize,
    count: usize,
    kind: PhantomData<K>,
}

/// Selects one element.
#[derive(Debug)]
pub struct One;

/// Selects a part.
#[derive(Debug)]
pub struct Part;

/// Selects a part of `M` elements.
#[derive(Debug)]
pub struct Many<const M: usize>;

#[track_caller]
const fn build<const N: usize, K>(start: usize, end: usize) -> Built<N, K> {
    if start > end || end > N {
        crate::layout::fail_index(start, end, N);
    }
    // INVARIANT: the bounds have just been checked.
    Built { start, count: end - start, kind: PhantomData }
}

impl BuildIndex<usize> {
    /// Checks the index.
    #[track_caller]
    pub const fn check<const N: usize>(self) -> Built<N, One> {
        if self.0 >= N {
            crate::layout::fail_index(self.0, self.0.wrapping_add(1), N);
        }
        build(self.0, self.0 + 1)
    }
}

macro_rules! build_ranges {
    ($($range:ty, |$range_self:ident, $n:ident| $start:expr, $end:expr;)+) => {$(
        impl BuildIndex<$range> {
            /// Checks the range.
            #[track_caller]
            pub const fn check<const N: usize>(self) -> Built<N, Part> {
                let $range_self = &self.0;
                let $n = N;
                build($start, $end)
            }
        }
    )+};
}

build_ranges! {
    Range<usize>, |r, _n| r.start, r.end;
    RangeInclusive<usize>, |r, _n| *r.start(), r.end().saturating_add(1);
    RangeFrom<usize>, |r, n| r.start, n;
    RangeTo<usize>, |r, _n| 0, r.end;
    RangeToInclusive<usize>, |r, _n| 0, r.end.saturating_add(1);
    RangeFull, |_r, n| 0, n;
}

/// An array, whose length is known at compile time.
///
/// # Safety
///
/// `Self` must consist of `N` elements.
#[diagnostic::on_unimplemented(
    message = "a constant index requires an array, not `{Self}`",
    label = "not an array",
    note = "a slice, whose length is known only at run time, is indexed by `[try: i]`, which returns an \
            error, or `[panic: i]`, which panics"
)]
pub unsafe trait Array<const N: usize>: Indexable {}

// SAFETY: an array consists of `N` elements.
#[diagnostic::do_not_recommend]
unsafe impl<T, const N: usize> Array<N> for [T; N] {}

/// The result type of a checked constant index into elements `E`, of which several are a `P`.
///
/// # Safety
///
/// `pick` must return a pointer to the elements from `start` to `start + count`, or to one of them,
/// as the functions of [`Indexable`] do.
pub unsafe trait Pick<E, P: ?Sized> {
    /// The type of an element, or of several.
    type Output: ?Sized + KnownSize;

    /// Returns the pointer to the element or part.
    fn pick<T: ?Sized + Indexable<Item = E, Part = P>>(
        elements: *mut T,
        start: usize,
        count: usize,
    ) -> *mut Self::Output;
}

// SAFETY: the element at `start`; `count` is 1.
unsafe impl<E, P: ?Sized> Pick<E, P> for One {
    type Output = E;

    #[inline(always)]
    fn pick<T: ?Sized + Indexable<Item = E, Part = P>>(
        elements: *mut T,
        start: usize,
        _count: usize,
    ) -> *mut E {
        T::element(elements, start)
    }
}

// SAFETY: `count` elements from `start`.
unsafe impl<E, P: ?Sized + KnownSize> Pick<E, P> for Part {
    type Output = P;

    #[inline(always)]
    fn pick<T: ?Sized + Indexable<Item = E, Part = P>>(
        elements: *mut T,
        start: usize,
        count: usize,
    ) -> *mut P {
        T::part(elements, start, count)
    }
}

// SAFETY: `count` elements from `start`; `count` is `M`.
unsafe impl<E, P: ?Sized + Indexable<Part = P>, const M: usize> Pick<E, P> for Many<M> {
    type Output = P::Array<M>;

    #[inline(always)]
    fn pick<T: ?Sized + Indexable<Item = E, Part = P>>(
        elements: *mut T,
        start: usize,
        count: usize,
    ) -> *mut P::Array<M> {
        P::array::<M>(T::part(elements, start, count))
    }
}

impl<const N: usize> Built<N, One> {
    /// The index, which is less than `N`.
    #[inline(always)]
    pub(super) const fn start(self) -> usize {
        self.start
    }
}

impl<const N: usize> Built<N, One> {
    /// Fails, because one element is not a part.
    #[track_caller]
    pub const fn array<const M: usize>(self) -> Built<N, Many<M>> {
        panic!("one element is not an array: `as_array` requires a range, such as `[build: A..B]`")
    }
}

impl<const N: usize> Built<N, Part> {
    /// Checks that the part has `M` elements.
    #[track_caller]
    pub const fn array<const M: usize>(self) -> Built<N, Many<M>> {
        if self.count != M {
            crate::layout::fail_part(self.count, M);
        }
        // INVARIANT: the number of elements has just been checked.
        Built { start: self.start, count: self.count, kind: PhantomData }
    }
}

impl<const N: usize, K> Built<N, K> {
    /// Returns the pointer to the elements.
    #[inline(always)]
    pub(super) fn place<A: Array<N> + ?Sized>(self, array: *mut A) -> *mut K::Output
    where
        K: Pick<A::Item, A::Part>,
    {
        K::pick(array, self.start, self.count)
    }
}
