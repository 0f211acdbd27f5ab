//! Operations of views of slices and arrays, in addition to [`Io`](crate::Io).

use super::{
    elements::{Chunks, Iter, split},
    index::{Consecutive, Indexable, ProjectIndex},
    slice_copy::{from_slice, to_slice},
};
use crate::{
    io::{
        CopyError, CopyOutput, ErrorMode, ErrorOf, IoBackend, IoBase, IoCapable, IoCopyable,
        OfFields, OutOfBound, Stated, ViewOf,
    },
    value::{AllBytes, AnyBytes, CopyReadable, CopyWritable, IoLayout, Repr},
};

/// The two parts of a split slice view.
type Halves<'a, I> = (ViewOf<'a, I, PartOf<'a, I>>, ViewOf<'a, I, PartOf<'a, I>>);

/// The type of several elements of an indexable view.
type PartOf<'a, I> = <<I as IoBase<'a>>::Target as Indexable>::Part;

/// The element type of an indexable view.
type ItemOf<'a, I> = <<I as IoBase<'a>>::Target as Indexable>::Item;

/// Access to parts, and element-wise copies, of a slice or array view.
///
/// ```
/// use io_core::prelude::*;
///
/// let mut memory = [0_u32; 8];
/// let view = SysMem::from_mut_slice(&mut memory);
/// for (i, word) in view.iter().enumerate() {
///     word.write_val(i as u32);
/// }
/// let (low, high) = view.split_at(6);
/// assert_eq!((low.len(), high.get(1).unwrap().read_val()), (6, 7));
/// ```
pub trait IoSlice<'a>: IoBase<'a, Target: Indexable> {
    /// Returns the number of elements.
    #[inline(always)]
    fn len(self) -> usize {
        Self::Target::count(Self::Backend::as_ptr(self.as_view()))
    }

    /// Returns `true` if the number of elements is 0.
    #[inline(always)]
    fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Converts an array view to a slice view. A slice view is returned unchanged.
    #[inline(always)]
    fn as_slice(self) -> ViewOf<'a, Self, [ItemOf<'a, Self>]>
    where
        Self::Target: Consecutive,
    {
        let view = self.as_view();
        let slice = Self::Target::elements(Self::Backend::as_ptr(view));
        // SAFETY: the same memory.
        unsafe { Self::Backend::project_view(view, slice) }
    }

    /// Converts the view to that of an array of `M` elements, or returns `None` if their number
    /// differs.
    ///
    /// A constant range is converted without a check at run time by a step of a projection:
    /// `[build: A..B].as_array::<M>()`. If its ends are literals, it is an array already.
    ///
    /// ```
    /// use io_core::prelude::*;
    ///
    /// const MAC: usize = 2;
    ///
    /// let mut memory = [0, 0, 2, 3, 5, 7, 11, 13_u8];
    /// let view = SysMem::from_mut_slice(&mut memory).as_array::<8>().unwrap();
    /// let mac = io_project!(view, [build: MAC..MAC + 6].as_array::<6>());
    /// assert_eq!(mac.copy_read(), [2, 3, 5, 7, 11, 13]);
    /// assert_eq!(io_project!(view, [build: 6..8]).copy_read(), [11, 13]);
    /// assert!(view.as_array::<7>().is_none());
    /// ```
    #[inline(always)]
    fn as_array<const M: usize>(
        self,
    ) -> Option<ViewOf<'a, Self, <Self::Target as Indexable>::Array<M>>> {
        let view = all(self);
        let ptr = Self::Backend::as_ptr(view);
        let array = (PartOf::<'a, Self>::count(ptr) == M).then(|| Self::Target::array::<M>(ptr))?;
        // SAFETY: all elements; their number is `M`.
        Some(unsafe { Self::Backend::project_view(view, array) })
    }

    /// Returns the element or the part at an index of `usize` or any range form, or `None` if it is
    /// out of bounds.
    #[inline(always)]
    fn get<X: ProjectIndex<Self::Target>>(self, index: X) -> Option<ViewOf<'a, Self, X::Output>> {
        self.try_get(index).ok()
    }

    /// Returns the element or the part at an index of `usize` or any range form.
    ///
    /// # Errors
    ///
    /// * [`OutOfBound`] with index and length, if the index is out of bounds.
    #[inline(always)]
    fn try_get<X: ProjectIndex<Self::Target>>(
        self,
        index: X,
    ) -> Result<ViewOf<'a, Self, X::Output>, OutOfBound> {
        let view = self.as_view();
        let place = index.place(Self::Backend::as_ptr(view))?;
        // SAFETY: `place` is one or several of the elements.
        Ok(unsafe { Self::Backend::project_view(view, place) })
    }

    /// Returns the first element.
    #[inline(always)]
    fn first(self) -> Option<ViewOf<'a, Self, ItemOf<'a, Self>>> {
        self.get(0)
    }

    /// Returns the last element.
    #[inline(always)]
    fn last(self) -> Option<ViewOf<'a, Self, ItemOf<'a, Self>>> {
        self.get(self.len().checked_sub(1)?)
    }

    /// Returns an iterator over the views of the elements, in address order.
    #[inline(always)]
    fn iter(self) -> Iter<'a, Self::Backend, PartOf<'a, Self>> {
        Iter::new(all(self))
    }

    /// Returns an iterator over the views of parts of `len` elements. The last part may be shorter.
    ///
    /// # Panics
    ///
    /// * `len` is 0, as for [`slice::chunks`].
    #[inline(always)]
    #[track_caller]
    fn chunks(self, len: usize) -> Chunks<'a, Self::Backend, PartOf<'a, Self>> {
        assert!(len != 0, "chunk size must be non-zero");
        Chunks::new(all(self), len)
    }

    /// Splits the view into the first `at` elements and the rest.
    ///
    /// # Panics
    ///
    /// [`try_split_at`](Self::try_split_at) returns an error instead.
    ///
    /// * `at` exceeds the number of elements.
    #[inline(always)]
    #[track_caller]
    fn split_at(self, at: usize) -> Halves<'a, Self> {
        match self.try_split_at(at) {
            Ok(parts) => parts,
            Err(error) => fail(error),
        }
    }

    /// Splits the view into the first `at` elements and the rest.
    ///
    /// # Errors
    ///
    /// * [`OutOfBound`] if `at` exceeds the number of elements.
    #[inline(always)]
    fn try_split_at(self, at: usize) -> Result<Halves<'a, Self>, OutOfBound> {
        let view = self.as_view();
        let len = Self::Target::count(Self::Backend::as_ptr(view));
        if at > len {
            return Err(OutOfBound { start: 0, end: at, len });
        }
        // SAFETY: `at` is at most the number of elements, as just checked.
        Ok(unsafe { split::<Self::Backend, Self::Target>(view, at) })
    }

    /// Copies all elements out, with the widths of [`copy_read`](crate::Io::copy_read): on a
    /// device, each value by its own width.
    ///
    /// # Panics
    ///
    /// Only where accesses cannot fail ([`try_copy_to_slice`](Self::try_copy_to_slice) returns an
    /// error instead):
    ///
    /// * The lengths differ.
    /// * The backend decides at run time that the memory is a device's, and the type has a union or
    ///   an overlay, or a field is wider than the device's accesses.
    #[doc(alias = "memcpy_fromio")]
    #[inline(always)]
    #[track_caller]
    fn copy_to_slice(self, slice: &mut [ItemOf<'a, Self>]) -> CopyOutput<Self::Backend, ()>
    where
        Self::Target: Consecutive,
        ItemOf<'a, Self>: CopyReadable + AnyBytes + IoLayout,
        Self::Backend: IoCopyable,
    {
        <Self::Backend as IoBackend>::Fail::copy_output(self.try_copy_to_slice(slice))
    }

    /// Copies all elements out.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Shared`] or [`CopyError::Width`] where the backend decides at run time whether
    ///   the memory is a device's: if the type has a union or an overlay, or if a field is wider than
    ///   the device's accesses. No access was made.
    /// * [`CopyError::Length`] if the lengths differ. No access was made.
    /// * [`CopyError::Io`] if an access failed, with the number of bytes copied before it.
    #[doc(alias = "memcpy_fromio")]
    #[inline(always)]
    fn try_copy_to_slice(
        self,
        slice: &mut [ItemOf<'a, Self>],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: Consecutive,
        ItemOf<'a, Self>: CopyReadable + AnyBytes + IoLayout,
        Self::Backend: IoCopyable,
    {
        to_slice::<Self::Backend, _>(self.as_slice(), OfFields, slice)
    }

    /// Copies all elements out with accesses of the width of `W`.
    ///
    /// # Panics
    ///
    /// Only where accesses cannot fail ([`try_copy_to_slice_as`](Self::try_copy_to_slice_as)
    /// returns an error instead):
    ///
    /// * The lengths differ.
    /// * The size or the address is not a multiple of the width of `W`.
    #[doc(alias = "memcpy_fromio")]
    #[inline(always)]
    #[track_caller]
    fn copy_to_slice_as<W: Repr>(
        self,
        slice: &mut [ItemOf<'a, Self>],
    ) -> CopyOutput<Self::Backend, ()>
    where
        Self::Target: Consecutive,
        ItemOf<'a, Self>: CopyReadable + AnyBytes + IoLayout,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        <Self::Backend as IoBackend>::Fail::copy_output(self.try_copy_to_slice_as::<W>(slice))
    }

    /// Copies all elements out with accesses of the width of `W`.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Width`] if the size or the address is not a multiple of the width of `W`. No
    ///   access was made.
    /// * The errors of [`try_copy_to_slice`](Self::try_copy_to_slice).
    #[doc(alias = "memcpy_fromio")]
    #[inline(always)]
    fn try_copy_to_slice_as<W: Repr>(
        self,
        slice: &mut [ItemOf<'a, Self>],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: Consecutive,
        ItemOf<'a, Self>: CopyReadable + AnyBytes + IoLayout,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        to_slice::<Self::Backend, _>(self.as_slice(), Stated(W::WIDTH), slice)
    }

    /// Copies all elements in, in ascending address order, with the widths of
    /// [`copy_write`](crate::Io::copy_write): on a device, each value by its own width.
    ///
    /// # Panics
    ///
    /// Only where accesses cannot fail ([`try_copy_from_slice`](Self::try_copy_from_slice) returns
    /// an error instead):
    ///
    /// * The lengths differ.
    /// * The backend decides at run time that the memory is a device's, and the type has a union or
    ///   an overlay, or a field is wider than the device's accesses.
    #[doc(alias = "memcpy_toio")]
    #[inline(always)]
    #[track_caller]
    fn copy_from_slice(self, slice: &[ItemOf<'a, Self>]) -> CopyOutput<Self::Backend, ()>
    where
        Self::Target: Consecutive,
        ItemOf<'a, Self>: CopyWritable + AllBytes + IoLayout,
        Self::Backend: IoCopyable,
    {
        <Self::Backend as IoBackend>::Fail::copy_output(self.try_copy_from_slice(slice))
    }

    /// Copies all elements in, in ascending address order.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Shared`] or [`CopyError::Width`] where the backend decides at run time whether
    ///   the memory is a device's: if the type has a union or an overlay, or if a field is wider than
    ///   the device's accesses. No access was made.
    /// * [`CopyError::Length`] if the lengths differ. No access was made.
    /// * [`CopyError::Io`] if an access failed, with the number of bytes written before it.
    #[doc(alias = "memcpy_toio")]
    #[inline(always)]
    fn try_copy_from_slice(
        self,
        slice: &[ItemOf<'a, Self>],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: Consecutive,
        ItemOf<'a, Self>: CopyWritable + AllBytes + IoLayout,
        Self::Backend: IoCopyable,
    {
        from_slice::<Self::Backend, _>(self.as_slice(), OfFields, slice)
    }

    /// Copies all elements in with accesses of the width of `W`.
    ///
    /// # Panics
    ///
    /// Only where accesses cannot fail ([`try_copy_from_slice_as`](Self::try_copy_from_slice_as)
    /// returns an error instead):
    ///
    /// * The lengths differ.
    /// * The size or the address is not a multiple of the width of `W`.
    #[doc(alias = "memcpy_toio")]
    #[inline(always)]
    #[track_caller]
    fn copy_from_slice_as<W: Repr>(
        self,
        slice: &[ItemOf<'a, Self>],
    ) -> CopyOutput<Self::Backend, ()>
    where
        Self::Target: Consecutive,
        ItemOf<'a, Self>: CopyWritable + AllBytes + IoLayout,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        <Self::Backend as IoBackend>::Fail::copy_output(self.try_copy_from_slice_as::<W>(slice))
    }

    /// Copies all elements in with accesses of the width of `W`.
    ///
    /// # Errors
    ///
    /// * [`CopyError::Width`] if the size or the address is not a multiple of the width of `W`. No
    ///   access was made.
    /// * The errors of [`try_copy_from_slice`](Self::try_copy_from_slice).
    #[doc(alias = "memcpy_toio")]
    #[inline(always)]
    fn try_copy_from_slice_as<W: Repr>(
        self,
        slice: &[ItemOf<'a, Self>],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Target: Consecutive,
        ItemOf<'a, Self>: CopyWritable + AllBytes + IoLayout,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        from_slice::<Self::Backend, _>(self.as_slice(), Stated(W::WIDTH), slice)
    }
}

impl<'a, I: IoBase<'a, Target: Indexable>> IoSlice<'a> for I {}

/// The view of all elements, as a part.
#[inline(always)]
fn all<'a, I: IoBase<'a, Target: Indexable>>(io: I) -> ViewOf<'a, I, PartOf<'a, I>> {
    let view = io.as_view();
    let ptr = I::Backend::as_ptr(view);
    let part = I::Target::part(ptr, 0, I::Target::count(ptr));
    // SAFETY: all elements.
    unsafe { I::Backend::project_view(view, part) }
}

#[cold]
#[track_caller]
fn fail(error: OutOfBound) -> ! {
    panic!("{error}")
}
