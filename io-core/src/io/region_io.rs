//! Access to untyped regions: by offset and by located register.

use super::{
    AnyRegion, CopyError, Error, ErrorMode, ErrorOf, IoBackend, IoBase, IoCapable, IoCopyable,
    KnownSize, Loc, Locatable, Output, PlaceErrorOf, Region, Untyped, ViewOf,
    access::{read_value, write_value},
    copy::{copy_bytes_in, copy_bytes_out, fill_bytes},
};
use crate::value::{IoValue, Readable, Writable};

/// Accesses by offset and by located register, for views of a [`Region`].
///
/// Offsets are in bytes from the start of the region and precede values in argument lists. Methods
/// whose result is [`Output`] return the plain value where the backend cannot fail, and a `Result`
/// where it can.
///
/// A located register can also be updated with [`io_update!(region, build: LOC, |v|
/// …)`](crate::io_update).
///
/// ```
/// use io_core::{A4, Region, prelude::*};
///
/// # #[derive(IoStruct)]
/// # #[repr(C, align(4))]
/// # struct Ram { bytes: [u8; 16] }
/// # let mut ram = Ram { bytes: [0; 16] };
/// # let ram = SysMem::from_mut(&mut ram);
/// # let memory = io_project!(ram, .bytes);
/// let region = memory.try_region::<Region<16, A4>>()?;
/// region.write_at::<Le<u32>>(8, 0x1234);
/// assert_eq!(region.read_at::<Le<u16>>(8), 0x1234);
/// let error = region.try_read_at::<Le<u32>>(0x14).unwrap_err();
/// assert_eq!(error.to_string(), "offset 0x14 + 4 bytes exceeds region of 0x10");
/// # Ok::<(), io_core::Error>(())
/// ```
pub trait IoRegion<'a>: IoBase<'a, Target: AnyRegion> {
    /// The view of the register or block at `loc`, which may be a variable.
    ///
    /// No check is made at run time: each location was checked where its constant is defined.
    ///
    /// ```
    /// use io_core::{A4, Loc, Region, prelude::*};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Cpu { ctl: Le<u32>, status: Ro<Le<u32>> }
    ///
    /// struct Nova;
    /// type Bar = Region<0x1000, A4, Nova>;
    /// const CPU0: Loc<Bar, Cpu> = Loc::at(0x100);
    /// const CPU1: Loc<Bar, Cpu> = Loc::at(0x200);
    ///
    /// fn stop<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus32>, second: bool) {
    ///     let place = if second { CPU1 } else { CPU0 };
    ///     io_write!(bar.at(place), .ctl, 0);
    /// }
    /// ```
    #[inline(always)]
    fn at<V: ?Sized + Locatable>(self, loc: Loc<Self::Target, V>) -> ViewOf<'a, Self, V> {
        located::<Self, V>(self, loc)
    }

    /// Reads the register at `loc`, whose bounds were checked at compile time.
    #[inline(always)]
    fn read<V: Readable>(self, loc: Loc<Self::Target, V>) -> Output<Self::Backend, V::Read>
    where
        Self::Backend: IoCapable<V::Repr>,
    {
        let view = located::<Self, V>(self, loc);
        <Self::Backend as IoBackend>::Fail::output(read_value::<Self::Backend, V>(view))
    }

    /// Writes the register at `loc`, whose bounds were checked at compile time.
    #[inline(always)]
    fn write<V: Writable>(
        self,
        loc: Loc<Self::Target, V>,
        value: V::Write,
    ) -> Output<Self::Backend, ()>
    where
        Self::Backend: IoCapable<V::Repr>,
    {
        let view = located::<Self, V>(self, loc);
        <Self::Backend as IoBackend>::Fail::output(write_value::<Self::Backend, V>(view, value))
    }

    /// Reads the `V` at `offset`: `read_at::<Le<u32>>(0x10)`.
    ///
    /// # Panics
    ///
    /// [`try_read_at`](Self::try_read_at) returns an error instead.
    ///
    /// * The value is not inside the region.
    /// * The address of the value is not a multiple of the width of its accesses, or of its
    ///   alignment.
    #[inline(always)]
    #[track_caller]
    fn read_at<V: Readable>(self, offset: usize) -> Output<Self::Backend, V::Read>
    where
        Self::Backend: IoCapable<V::Repr>,
    {
        let view = or_panic(value_at::<Self, V>(self, offset));
        <Self::Backend as IoBackend>::Fail::output(read_value::<Self::Backend, V>(view))
    }

    /// Reads the `V` at `offset`.
    ///
    /// # Errors
    ///
    /// [`PlaceErrorOf`] is [`Error`], or [`AccessError`](crate::AccessError) where accesses can
    /// fail:
    ///
    /// * [`Error::OutOfRange`] if the value is not inside the region. No access was made.
    /// * [`Error::Misaligned`] if the address of the value is not a multiple of the width of its
    ///   accesses, or of its alignment. No access was made.
    /// * The backend's error, if the access failed.
    #[inline(always)]
    fn try_read_at<V: Readable>(self, offset: usize) -> Result<V::Read, PlaceErrorOf<Self::Backend>>
    where
        Self::Backend: IoCapable<V::Repr>,
    {
        let view = value_at::<Self, V>(self, offset)
            .map_err(<Self::Backend as IoBackend>::Fail::place_error)?;
        read_value::<Self::Backend, V>(view).map_err(<Self::Backend as IoBackend>::Fail::io_error)
    }

    /// Writes the `V` at `offset`: `write_at::<Le<u32>>(0x10, 1)`.
    ///
    /// # Panics
    ///
    /// [`try_write_at`](Self::try_write_at) returns an error instead.
    ///
    /// * The value is not inside the region.
    /// * The address of the value is not a multiple of the width of its accesses, or of its
    ///   alignment.
    #[inline(always)]
    #[track_caller]
    fn write_at<V: Writable>(self, offset: usize, value: V::Write) -> Output<Self::Backend, ()>
    where
        Self::Backend: IoCapable<V::Repr>,
    {
        let view = or_panic(value_at::<Self, V>(self, offset));
        <Self::Backend as IoBackend>::Fail::output(write_value::<Self::Backend, V>(view, value))
    }

    /// Writes the `V` at `offset`.
    ///
    /// # Errors
    ///
    /// [`PlaceErrorOf`] is [`Error`], or [`AccessError`](crate::AccessError) where accesses can
    /// fail:
    ///
    /// * [`Error::OutOfRange`] if the value is not inside the region. No access was made.
    /// * [`Error::Misaligned`] if the address of the value is not a multiple of the width of its
    ///   accesses, or of its alignment. No access was made.
    /// * The backend's error, if the access failed.
    #[inline(always)]
    fn try_write_at<V: Writable>(
        self,
        offset: usize,
        value: V::Write,
    ) -> Result<(), PlaceErrorOf<Self::Backend>>
    where
        Self::Backend: IoCapable<V::Repr>,
    {
        let view = value_at::<Self, V>(self, offset)
            .map_err(<Self::Backend as IoBackend>::Fail::place_error)?;
        write_value::<Self::Backend, V>(view, value)
            .map_err(<Self::Backend as IoBackend>::Fail::io_error)
    }

    /// Copies the bytes from `offset` on into `buffer`.
    ///
    /// # Errors
    ///
    /// * [`CopyError::OutOfRange`] if the bytes are not inside the region. No access was made.
    /// * [`CopyError::Io`] if an access failed, with the number of bytes copied before it.
    #[doc(alias = "memcpy_fromio")]
    #[inline(always)]
    fn try_read_bytes(
        self,
        offset: usize,
        buffer: &mut [u8],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Backend: IoCopyable,
    {
        let view = self.as_view();
        let part = bytes_at::<Self::Backend, Self::Target>(view, offset, buffer.len())?;
        // SAFETY: the buffer is private and as long as the part.
        unsafe { copy_bytes_out::<Self::Backend>(part, None, buffer.as_mut_ptr()) }
    }

    /// Copies `bytes` to the bytes from `offset` on.
    ///
    /// # Errors
    ///
    /// * The errors of [`try_read_bytes`](Self::try_read_bytes).
    #[doc(alias = "memcpy_toio")]
    #[inline(always)]
    fn try_write_bytes(
        self,
        offset: usize,
        bytes: &[u8],
    ) -> Result<(), CopyError<ErrorOf<Self::Backend>>>
    where
        Self::Backend: IoCopyable,
    {
        let view = self.as_view();
        let part = bytes_at::<Self::Backend, Self::Target>(view, offset, bytes.len())?;
        // SAFETY: `bytes` is private and as long as the part.
        unsafe { copy_bytes_in::<Self::Backend>(part, None, bytes.as_ptr()) }
    }

    /// Writes `byte` to `len` bytes from `offset` on.
    ///
    /// # Errors
    ///
    /// * The errors of [`try_read_bytes`](Self::try_read_bytes).
    #[doc(alias = "memset_io")]
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
        let view = self.as_view();
        let part = bytes_at::<Self::Backend, Self::Target>(view, offset, len)?;
        fill_bytes::<Self::Backend>(part, None, byte)
    }

    /// Returns the view of the bytes in `range`, with the alignment of this region and no device.
    ///
    /// # Errors
    ///
    /// * [`Error::OutOfRange`] if `range` is not inside the region, or ends before it starts.
    /// * [`Error::Misaligned`] if the start or the size of the range is not a multiple of the
    ///   region's alignment.
    #[inline]
    fn subregion(
        self,
        range: core::ops::Range<usize>,
    ) -> Result<ViewOf<'a, Self, Subregion<Self::Target>>, Error> {
        let view = self.as_view();
        let ptr = Self::Backend::as_ptr(view);
        let limit = Self::Target::size(ptr);
        let size = range.end.wrapping_sub(range.start);
        if range.start > range.end || range.end > limit {
            return Err(Error::OutOfRange { offset: range.start, size, limit });
        }
        let start = ptr.cast::<u8>().wrapping_add(range.start);
        let part = Region::ptr_try_from_raw_parts_mut(start, size)?;
        // SAFETY: the bytes lie inside the region and are aligned, as just checked.
        Ok(unsafe { Self::Backend::project_view(view, part) })
    }
}

impl<'a, I: IoBase<'a, Target: AnyRegion>> IoRegion<'a> for I {}

/// The type of a part of the region `R`.
type Subregion<R> = Region<0, <R as AnyRegion>::Align>;

/// The view of the register at `loc`.
#[inline(always)]
pub(crate) fn located<'a, I: IoBase<'a, Target: Untyped>, V: ?Sized + Locatable>(
    io: I,
    loc: Loc<I::Target, V>,
) -> ViewOf<'a, I, V> {
    let view = io.as_view();
    let ptr = V::pointer(I::Backend::as_ptr(view).cast::<u8>().wrapping_add(loc.start()));
    // SAFETY: by `Loc`'s invariants, the register lies inside every `I::Target` and is aligned, and
    // a `V` of the minimum size exists. Untyped memory may be accessed as a `V`.
    unsafe { I::Backend::project_view(view, ptr) }
}

/// The view of `len` bytes at `offset` of a region, with a bounds check.
#[inline(always)]
fn bytes_at<'a, B: IoBackend, T: ?Sized + Untyped>(
    view: B::View<'a, T>,
    offset: usize,
    len: usize,
) -> Result<B::View<'a, [u8]>, CopyError<ErrorOf<B>>> {
    let ptr = B::as_ptr(view);
    let limit = T::size(ptr);
    if offset.checked_add(len).is_none_or(|end| end > limit) {
        return Err(CopyError::OutOfRange { offset, size: len, limit });
    }
    let start = ptr.cast::<u8>().wrapping_add(offset);
    let bytes = core::ptr::slice_from_raw_parts_mut(start, len);
    // SAFETY: the bytes lie inside the region, as just checked. Bytes need no alignment.
    Ok(unsafe { B::project_view(view, bytes) })
}

/// The view of a `V` at `offset` of a region, with checks of bounds and alignment.
///
/// The address must be a multiple of the width of the accesses, also on targets where integers of
/// that width have a smaller alignment (`u64` on some 32-bit targets).
#[inline(always)]
fn value_at<'a, I: IoBase<'a, Target: Untyped>, V: IoValue>(
    io: I,
    offset: usize,
) -> Result<ViewOf<'a, I, V>, Error> {
    let view = io.as_view();
    let ptr = I::Backend::as_ptr(view);
    let (size, limit) = (size_of::<V>(), I::Target::size(ptr));
    if offset.checked_add(size).is_none_or(|end| end > limit) {
        return Err(Error::OutOfRange { offset, size, limit });
    }
    let ptr = ptr.cast::<u8>().wrapping_add(offset);
    let align =
        if align_of::<V>() > size_of::<V::Repr>() { align_of::<V>() } else { size_of::<V::Repr>() };
    if !ptr.addr().is_multiple_of(align) {
        return Err(Error::Misaligned { address: ptr.addr(), align });
    }
    // SAFETY: the value lies inside the region and is aligned, as just checked. Untyped memory may
    // be accessed as a `V`.
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
