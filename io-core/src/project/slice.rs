//! What views of slices and arrays can do besides [`Io`](crate::Io).

use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::{
    elements::{Chunks, Iter, split},
    index::{Indexable, ProjectIndex},
};
use crate::{
    io::{
        CopyError, CopyOutput, ErrorMode, ErrorOf, IoBackend, IoBase, IoCapable, IoCopyable,
        OutOfBound, ViewOf,
    },
    value::{CopyReadable, CopyWritable, Repr, Width},
};

/// The two parts of a slice view.
type Halves<'a, I> = (ViewOf<'a, I, [ItemOf<'a, I>]>, ViewOf<'a, I, [ItemOf<'a, I>]>);

/// The element type of an indexable view.
type ItemOf<'a, I> = <<I as IoBase<'a>>::Target as Indexable>::Item;

/// The parts and the element-wise copies of a slice or array view.
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
    /// The number of elements.
    #[inline(always)]
    fn len(self) -> usize {
        Self::Target::elements(Self::Backend::as_ptr(self.as_view())).len()
    }

    /// Whether there are no elements.
    #[inline(always)]
    fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// An array view as a slice view; a slice view as it is.
    #[inline(always)]
    fn as_slice(self) -> ViewOf<'a, Self, [ItemOf<'a, Self>]> {
        let view = self.as_view();
        let slice = Self::Target::elements(Self::Backend::as_ptr(view));
        // SAFETY: the same place.
        unsafe { Self::Backend::project_view(view, slice) }
    }

    /// The element, or the part, at an index of `usize` or any range form.
    #[inline(always)]
    fn get<X: ProjectIndex<ItemOf<'a, Self>>>(
        self,
        index: X,
    ) -> Option<ViewOf<'a, Self, X::Output>> {
        self.try_get(index).ok()
    }

    /// The element, or the part, at an index of `usize` or any range form.
    ///
    /// # Errors
    ///
    /// [`OutOfBound`] with index and length.
    #[inline(always)]
    fn try_get<X: ProjectIndex<ItemOf<'a, Self>>>(
        self,
        index: X,
    ) -> Result<ViewOf<'a, Self, X::Output>, OutOfBound> {
        let view = self.as_view();
        let place = index.place(Self::Target::elements(Self::Backend::as_ptr(view)))?;
        // SAFETY: `place` is inside the slice.
        Ok(unsafe { Self::Backend::project_view(view, place) })
    }

    /// The first element.
    #[inline(always)]
    fn first(self) -> Option<ViewOf<'a, Self, ItemOf<'a, Self>>> {
        self.get(0)
    }

    /// The last element.
    #[inline(always)]
    fn last(self) -> Option<ViewOf<'a, Self, ItemOf<'a, Self>>> {
        self.get(self.len().checked_sub(1)?)
    }

    /// The views of the elements, in address order.
    #[inline(always)]
    fn iter(self) -> Iter<'a, Self::Backend, ItemOf<'a, Self>> {
        Iter::new(self.as_slice())
    }

    /// The views of parts of `len` elements; the last may be shorter.
    ///
    /// # Panics
    ///
    /// If `len` is 0, as [`slice::chunks`] does.
    #[inline(always)]
    #[track_caller]
    fn chunks(self, len: usize) -> Chunks<'a, Self::Backend, ItemOf<'a, Self>> {
        assert!(len != 0, "chunks of no elements never end");
        Chunks::new(self.as_slice(), len)
    }

    /// The first `at` elements and the rest.
    ///
    /// # Panics
    ///
    /// If `at` is more than there are; [`try_split_at`](Self::try_split_at) does not.
    #[inline(always)]
    #[track_caller]
    fn split_at(self, at: usize) -> Halves<'a, Self> {
        match self.try_split_at(at) {
            Ok(parts) => parts,
            Err(error) => fail(error),
        }
    }

    /// The first `at` elements and the rest.
    ///
    /// # Errors
    ///
    /// [`OutOfBound`] if `at` is more than there are.
    #[inline(always)]
    fn try_split_at(self, at: usize) -> Result<Halves<'a, Self>, OutOfBound> {
        let slice = self.as_slice();
        let len = Self::Backend::as_ptr(slice).len();
        if at > len {
            return Err(OutOfBound { start: 0, end: at, len });
        }
        // SAFETY: just checked.
        Ok(unsafe { split::<Self::Backend, _>(slice, at) })
    }

    /// Copies all elements out.
    ///
    /// # Panics
    ///
    /// Where accesses cannot fail: if the lengths differ.
    /// [`try_copy_to_slice`](Self::try_copy_to_slice) does not.
    #[inline(always)]
    #[track_caller]
    fn copy_to_slice(self, slice: &mut [ItemOf<'a, Self>]) -> CopyOutput<Self::Backend, ()>
    where
        ItemOf<'a, Self>: FromBytes + CopyReadable,
        Self::Backend: IoCopyable,
    {
        <Self::Backend as IoBackend>::Fail::copy_output(self.try_copy_to_slice(slice))
    }

    /// Copies all elements out.
    ///
    /// # Errors
    ///
    /// [`CopyError::Length`] if the lengths differ; [`CopyError::Io`] if an
    /// access failed, with the number of bytes that arrived before.
    #[inline(always)]
    fn try_copy_to_slice(
        self,
        slice: &mut [ItemOf<'a, Self>],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        ItemOf<'a, Self>: FromBytes + CopyReadable,
        Self::Backend: IoCopyable,
    {
        to_slice(self, None, slice)
    }

    /// Copies all elements out, each access as wide as `W`.
    ///
    /// # Errors
    ///
    /// [`CopyError::Width`] if `W` divides not both size and address; otherwise
    /// as [`try_copy_to_slice`](Self::try_copy_to_slice).
    #[inline(always)]
    fn try_copy_to_slice_as<W: Repr>(
        self,
        slice: &mut [ItemOf<'a, Self>],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        ItemOf<'a, Self>: FromBytes + CopyReadable,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        to_slice(self, Some(W::WIDTH), slice)
    }

    /// Copies all elements in, in ascending address order.
    ///
    /// # Panics
    ///
    /// Where accesses cannot fail: if the lengths differ.
    /// [`try_copy_from_slice`](Self::try_copy_from_slice) does not.
    #[inline(always)]
    #[track_caller]
    fn copy_from_slice(self, slice: &[ItemOf<'a, Self>]) -> CopyOutput<Self::Backend, ()>
    where
        ItemOf<'a, Self>: IntoBytes + Immutable + CopyWritable,
        Self::Backend: IoCopyable,
    {
        <Self::Backend as IoBackend>::Fail::copy_output(self.try_copy_from_slice(slice))
    }

    /// Copies all elements in, in ascending address order.
    ///
    /// # Errors
    ///
    /// [`CopyError::Length`] if the lengths differ; [`CopyError::Io`] if an
    /// access failed, with the number of bytes that were written before.
    #[inline(always)]
    fn try_copy_from_slice(
        self,
        slice: &[ItemOf<'a, Self>],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        ItemOf<'a, Self>: IntoBytes + Immutable + CopyWritable,
        Self::Backend: IoCopyable,
    {
        from_slice(self, None, slice)
    }

    /// Copies all elements in, each access as wide as `W`.
    ///
    /// # Errors
    ///
    /// [`CopyError::Width`] if `W` divides not both size and address; otherwise
    /// as [`try_copy_from_slice`](Self::try_copy_from_slice).
    #[inline(always)]
    fn try_copy_from_slice_as<W: Repr>(
        self,
        slice: &[ItemOf<'a, Self>],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        ItemOf<'a, Self>: IntoBytes + Immutable + CopyWritable,
        Self::Backend: IoCopyable + IoCapable<W>,
    {
        from_slice(self, Some(W::WIDTH), slice)
    }
}

impl<'a, I: IoBase<'a, Target: Indexable>> IoSlice<'a> for I {}

#[inline(always)]
fn to_slice<'a, I>(
    io: I,
    width: Option<Width>,
    slice: &mut [ItemOf<'a, I>],
) -> Result<(), CopyError<ErrorOf<I::Backend>>>
where
    I: IoSlice<'a, Backend: IoCopyable>,
    ItemOf<'a, I>: FromBytes,
{
    // One view for length and copy: `IoBase` may give another each time.
    let view = io.as_slice();
    let (expected, found) = (I::Backend::as_ptr(view).len(), slice.len());
    if expected != found {
        return Err(CopyError::Length { expected, found });
    }
    // SAFETY: the slice is private and has the view's length in elements of the
    // same size; whatever bytes arrive make valid elements.
    unsafe { crate::io::copy_slice_out::<I::Backend, _>(view, width, slice.as_mut_ptr().cast()) }
}

#[inline(always)]
fn from_slice<'a, I>(
    io: I,
    width: Option<Width>,
    slice: &[ItemOf<'a, I>],
) -> Result<(), CopyError<ErrorOf<I::Backend>>>
where
    I: IoSlice<'a, Backend: IoCopyable>,
    ItemOf<'a, I>: IntoBytes + Immutable,
{
    // One view for length and copy: `IoBase` may give another each time.
    let view = io.as_slice();
    let (expected, found) = (I::Backend::as_ptr(view).len(), slice.len());
    if expected != found {
        return Err(CopyError::Length { expected, found });
    }
    // SAFETY: the slice is private, has the view's length in elements of the
    // same size, and no uninitialised byte.
    unsafe { crate::io::copy_slice_in::<I::Backend, _>(view, width, slice.as_bytes().as_ptr()) }
}

#[cold]
#[track_caller]
fn fail(error: OutOfBound) -> ! {
    panic!("{error}")
}
