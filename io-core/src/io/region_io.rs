//! Access to untyped regions: by offset and by located register.

use super::{
    Copied, CopyError, Error, ErrorOf, Failure, Io, IoBackend, IoBase, IoCapable, IoCopyable,
    KnownSize, Loc, LocatedError, Output, Region, RegionAlign, ViewOf,
    copy::{copy_slice_in, copy_slice_out},
};
use crate::value::{IoValue, Readable, Updatable, Writable};

macro_rules! by_offset {
    ($($int:ident $read:ident $try_read:ident $write:ident $try_write:ident;)+) => {$(
        #[doc = concat!(
            "Reads the `", stringify!($int), "` at `offset` bytes, in native byte order."
        )]
        ///
        /// # Panics
        ///
        /// If it is out of range or misaligned; the `try_` form is not.
        #[inline(always)]
        #[track_caller]
        fn $read(self, offset: usize) -> Output<Self::Backend, $int>
        where
            Self::Backend: IoCapable<$int>,
        {
            or_panic(value_at::<Self, $int, SIZE, A>(self, offset)).read_val()
        }

        #[doc = concat!(
            "Reads the `", stringify!($int), "` at `offset` bytes, in native byte order."
        )]
        ///
        /// # Errors
        ///
        /// [`Error::OutOfRange`] or [`Error::Misaligned`], and the backend's.
        #[inline(always)]
        fn $try_read(self, offset: usize) -> Result<$int, LocatedError<Self::Backend>>
        where
            Self::Backend: IoCapable<$int>,
        {
            value_at::<Self, $int, SIZE, A>(self, offset)
                .map_err(<Self::Backend as IoBackend>::Fail::misplaced)?
                .try_read_val()
                .map_err(<Self::Backend as IoBackend>::Fail::failed)
        }

        #[doc = concat!(
            "Writes the `", stringify!($int), "` at `offset` bytes, in native byte order."
        )]
        ///
        /// # Panics
        ///
        /// If it is out of range or misaligned; the `try_` form is not.
        #[inline(always)]
        #[track_caller]
        fn $write(self, offset: usize, value: $int) -> Output<Self::Backend, ()>
        where
            Self::Backend: IoCapable<$int>,
        {
            or_panic(value_at::<Self, $int, SIZE, A>(self, offset)).write_val(value)
        }

        #[doc = concat!(
            "Writes the `", stringify!($int), "` at `offset` bytes, in native byte order."
        )]
        ///
        /// # Errors
        ///
        /// [`Error::OutOfRange`] or [`Error::Misaligned`], and the backend's.
        #[inline(always)]
        fn $try_write(
            self,
            offset: usize,
            value: $int,
        ) -> Result<(), LocatedError<Self::Backend>>
        where
            Self::Backend: IoCapable<$int>,
        {
            value_at::<Self, $int, SIZE, A>(self, offset)
                .map_err(<Self::Backend as IoBackend>::Fail::misplaced)?
                .try_write_val(value)
                .map_err(<Self::Backend as IoBackend>::Fail::failed)
        }
    )+};
}

/// What a view of a [`Region`] can do besides [`Io`].
///
/// The offset comes first, then the value.
pub trait IoRegion<'a, const SIZE: usize, A: RegionAlign>:
    IoBase<'a, Target = Region<SIZE, A>>
{
    by_offset! {
        u8 read8 try_read8 write8 try_write8;
        u16 read16 try_read16 write16 try_write16;
        u32 read32 try_read32 write32 try_write32;
        u64 read64 try_read64 write64 try_write64;
    }

    /// Reads the register at `loc`; its bounds are proved already.
    #[inline(always)]
    fn read<V: Readable>(self, loc: Loc<Self::Target, V>) -> Output<Self::Backend, V::Read>
    where
        Self::Backend: IoCapable<V::Repr>,
    {
        located(self, loc).read_val()
    }

    /// Writes the register at `loc`; its bounds are proved already.
    #[inline(always)]
    fn write<V: Writable>(
        self,
        loc: Loc<Self::Target, V>,
        value: V::Write,
    ) -> Output<Self::Backend, ()>
    where
        Self::Backend: IoCapable<V::Repr>,
    {
        located(self, loc).write_val(value)
    }

    /// Reads, changes and writes back the register at `loc`. Not atomic.
    #[inline(always)]
    fn update<V: Updatable>(
        self,
        loc: Loc<Self::Target, V>,
        f: impl FnOnce(V::Read) -> <V as IoValue>::Write,
    ) -> Output<Self::Backend, ()>
    where
        Self::Backend: IoCapable<V::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::output(located(self, loc).try_update_val(f))
    }

    /// Copies the bytes from `offset` on into `buffer`, as
    /// [`copy_to_slice`](crate::IoSlice::copy_to_slice) does.
    ///
    /// # Panics
    ///
    /// Where accesses cannot fail: if they are out of range.
    #[inline(always)]
    #[track_caller]
    fn read_bytes(self, offset: usize, buffer: &mut [u8]) -> Copied<Self::Backend, ()>
    where
        Self::Backend: IoCopyable,
    {
        <Self::Backend as IoBackend>::Fail::copied(self.try_read_bytes(offset, buffer))
    }

    /// Copies the bytes from `offset` on into `buffer`.
    ///
    /// # Errors
    ///
    /// [`CopyError::OutOfRange`], or [`CopyError::Io`] if an access failed.
    #[inline(always)]
    fn try_read_bytes(
        self,
        offset: usize,
        buffer: &mut [u8],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Backend: IoCopyable,
    {
        let part = bytes_at::<Self, SIZE, A>(self, offset, buffer.len())?;
        // SAFETY: the buffer is private and as long as the part.
        unsafe { copy_slice_out::<Self::Backend, _>(part, None, buffer.as_mut_ptr()) }
    }

    /// Copies `bytes` in from `offset` on, as
    /// [`copy_from_slice`](crate::IoSlice::copy_from_slice) does.
    ///
    /// # Panics
    ///
    /// Where accesses cannot fail: if they are out of range.
    #[inline(always)]
    #[track_caller]
    fn write_bytes(self, offset: usize, bytes: &[u8]) -> Copied<Self::Backend, ()>
    where
        Self::Backend: IoCopyable,
    {
        <Self::Backend as IoBackend>::Fail::copied(self.try_write_bytes(offset, bytes))
    }

    /// Copies `bytes` in from `offset` on.
    ///
    /// # Errors
    ///
    /// As [`try_read_bytes`](Self::try_read_bytes).
    #[inline(always)]
    fn try_write_bytes(
        self,
        offset: usize,
        bytes: &[u8],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Backend: IoCopyable,
    {
        let part = bytes_at::<Self, SIZE, A>(self, offset, bytes.len())?;
        // SAFETY: the bytes are private and as many as the part has.
        unsafe { copy_slice_in::<Self::Backend, _>(part, None, bytes.as_ptr()) }
    }

    /// Writes `byte` to `len` bytes from `offset` on.
    ///
    /// # Panics
    ///
    /// Where accesses cannot fail: if they are out of range.
    #[inline(always)]
    #[track_caller]
    fn fill_bytes(self, offset: usize, len: usize, byte: u8) -> Copied<Self::Backend, ()>
    where
        Self::Backend: IoCopyable,
    {
        <Self::Backend as IoBackend>::Fail::copied(self.try_fill_bytes(offset, len, byte))
    }

    /// Writes `byte` to `len` bytes from `offset` on.
    ///
    /// # Errors
    ///
    /// As [`try_read_bytes`](Self::try_read_bytes).
    #[inline(always)]
    fn try_fill_bytes(
        self,
        offset: usize,
        len: usize,
        byte: u8,
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Backend: IoCopyable,
    {
        let part = bytes_at::<Self, SIZE, A>(self, offset, len)?;
        Self::Backend::fill_io(part, None, byte)
    }

    /// The part at `range` of bytes.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`], or [`Error::Misaligned`] if start or end are no
    /// multiples of the alignment.
    #[inline]
    fn subregion(
        self,
        range: core::ops::Range<usize>,
    ) -> Result<ViewOf<'a, Self, Region<0, A>>, Error> {
        let view = self.as_view();
        let ptr = Self::Backend::as_ptr(view);
        let limit = Region::size(ptr);
        let size = range.end.wrapping_sub(range.start);
        if range.start > range.end || range.end > limit {
            return Err(Error::OutOfRange { offset: range.start, size, limit });
        }
        let start = ptr.cast::<u8>().wrapping_add(range.start);
        let part = Region::ptr_try_from_raw_parts_mut(start, size)?;
        // SAFETY: inside the region as just checked, and aligned.
        Ok(unsafe { Self::Backend::project_view(view, part) })
    }
}

impl<'a, const SIZE: usize, A: RegionAlign, I> IoRegion<'a, SIZE, A> for I where
    I: IoBase<'a, Target = Region<SIZE, A>>
{
}

/// The view of the register at `loc`.
#[inline(always)]
pub(crate) fn located<'a, I: IoBase<'a>, V>(io: I, loc: Loc<I::Target, V>) -> ViewOf<'a, I, V> {
    let view = io.as_view();
    let ptr = I::Backend::as_ptr(view).cast::<u8>().wrapping_add(loc.offset());
    // SAFETY: by `Loc`'s invariants inside every `I::Target`, and aligned.
    unsafe { I::Backend::project_view(view, ptr.cast::<V>()) }
}

/// The bytes to copy, or why there is no such place.
type Placed<'a, I> = Result<ViewOf<'a, I, [u8]>, CopyError<ErrorOf<<I as IoBase<'a>>::Backend>>>;

/// The view of `len` bytes at `offset` of a region, checked.
#[inline(always)]
fn bytes_at<'a, I, const SIZE: usize, A: RegionAlign>(
    io: I,
    offset: usize,
    len: usize,
) -> Placed<'a, I>
where
    I: IoBase<'a, Target = Region<SIZE, A>>,
{
    let view = io.as_view();
    let ptr = I::Backend::as_ptr(view);
    let limit = Region::size(ptr);
    if offset.checked_add(len).is_none_or(|end| end > limit) {
        return Err(CopyError::OutOfRange { offset, size: len, limit });
    }
    let start = ptr.cast::<u8>().wrapping_add(offset);
    let bytes = core::ptr::slice_from_raw_parts_mut(start, len);
    // SAFETY: inside the region as just checked; bytes need no alignment.
    Ok(unsafe { I::Backend::project_view(view, bytes) })
}

/// The view of a `V` at `offset` of a region, checked.
#[inline(always)]
fn value_at<'a, I, V, const SIZE: usize, A: RegionAlign>(
    io: I,
    offset: usize,
) -> Result<ViewOf<'a, I, V>, Error>
where
    I: IoBase<'a, Target = Region<SIZE, A>>,
{
    let view = io.as_view();
    let ptr = I::Backend::as_ptr(view);
    let (size, limit) = (size_of::<V>(), Region::size(ptr));
    if offset.checked_add(size).is_none_or(|end| end > limit) {
        return Err(Error::OutOfRange { offset, size, limit });
    }
    let ptr = ptr.cast::<u8>().wrapping_add(offset);
    if !ptr.addr().is_multiple_of(size) {
        return Err(Error::Misaligned { address: ptr.addr(), align: size });
    }
    // SAFETY: inside the region and aligned, as just checked.
    Ok(unsafe { I::Backend::project_view(view, ptr.cast::<V>()) })
}

#[inline(always)]
#[track_caller]
fn or_panic<T>(result: Result<T, Error>) -> T {
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
