//! Located arrays with a stride that is larger than an element.

use core::{fmt, marker::PhantomData};

use super::{Loc, Locatable, NamedDevice, Region, RegionAlign};

/// The locations of `N` values of type `V` in the region `Base`, each a stride after the one
/// before, checked where the constant is defined.
///
/// For elements with other registers between them, such as two arrays that alternate. Elements
/// without gaps are a [`Loc<Base, [V; N]>`](Loc). An element may be a block or a [`Region`].
///
/// ```
/// use io_core::{A4, Loc, LocArray, Region, prelude::*};
///
/// struct Nova;
/// type Bar = Region<0x100, A4, Nova>;
/// const TAIL: LocArray<Bar, Le<u32>, 4> = LocArray::at(0x40, 0x10);
/// const HEAD: LocArray<Bar, Ro<Le<u32>>, 4> = LocArray::at(0x44, 0x10);
/// const ADMIN_TAIL: Loc<Bar, Le<u32>> = TAIL.element(0);
///
/// fn is_empty<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus32>, queue: usize) -> Option<bool> {
///     Some(bar.read(TAIL.get(queue)?) == bar.read(HEAD.get(queue)?))
/// }
/// assert_eq!((ADMIN_TAIL.offset(), HEAD.element(3).offset()), (0x40, 0x74));
/// ```
///
/// # Invariants
///
/// * For each `index` below `N`, a [`Loc`] at `first + index * stride` fulfils its invariants.
pub struct LocArray<Base: ?Sized, V: ?Sized, const N: usize> {
    first: usize,
    stride: usize,
    marker: PhantomData<(*const V, *const Base)>,
}

impl<const SIZE: usize, A: RegionAlign, D: ?Sized, V: ?Sized + Locatable, const N: usize>
    LocArray<Region<SIZE, A, D>, V, N>
{
    /// The values at `offset`, `offset + stride` and so on, in bytes from the start of the region.
    ///
    /// # Panics
    ///
    /// In a constant, which is the intended use, each of these is a compile error at the constant:
    ///
    /// * The first or last element is not a valid location: the conditions of [`Loc::at`].
    /// * `stride` is smaller than an element, or not a multiple of its alignment.
    #[track_caller]
    pub const fn at(offset: usize, stride: usize) -> Self
    where
        PhantomData<D>: NamedDevice,
    {
        crate::layout::check_locations::<Region<SIZE, A, D>, V>(offset, stride, N);
        // INVARIANT: all conditions have just been checked for the first and the last element. The
        // others are between them, and the stride is a multiple of the alignment.
        Self { first: offset, stride, marker: PhantomData }
    }
}

impl<Base: ?Sized, V: ?Sized, const N: usize> LocArray<Base, V, N> {
    /// The location of element `index`.
    ///
    /// # Panics
    ///
    /// [`get`](Self::get) returns `None` instead.
    ///
    /// * `index` is out of bounds. In a constant, this is a compile error at the constant.
    #[inline(always)]
    #[track_caller]
    pub const fn element(self, index: usize) -> Loc<Base, V> {
        match self.get(index) {
            Some(element) => element,
            None => crate::layout::fail_index(index, index.wrapping_add(1), N),
        }
    }

    /// The location of element `index`, or `None` if it is out of bounds.
    #[inline(always)]
    pub const fn get(self, index: usize) -> Option<Loc<Base, V>> {
        if index >= N {
            return None;
        }
        // SAFETY: the index is in bounds, so the invariants hold for this offset.
        Some(unsafe { Loc::at_unchecked(self.first + index * self.stride) })
    }

    /// The locations of all elements, in order.
    #[inline]
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Loc<Base, V>> + ExactSizeIterator {
        (0..N).map(move |index| self.element(index))
    }
}

impl<Base: ?Sized, V: ?Sized, const N: usize> Clone for LocArray<Base, V, N> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Base: ?Sized, V: ?Sized, const N: usize> Copy for LocArray<Base, V, N> {}

// SAFETY: the values are numbers; no value of the type parameters exists.
unsafe impl<Base: ?Sized, V: ?Sized, const N: usize> Send for LocArray<Base, V, N> {}
// SAFETY: as above.
unsafe impl<Base: ?Sized, V: ?Sized, const N: usize> Sync for LocArray<Base, V, N> {}

impl<Base: ?Sized, V: ?Sized, const N: usize> fmt::Debug for LocArray<Base, V, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LocArray({:#x}, {N} x {:#x})", self.first, self.stride)
    }
}
