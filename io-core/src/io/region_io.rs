//! Access to untyped regions: by offset and by located register.

use super::{
    AlignedFor, AnyRegion, CopyError, Error, ErrorMode, ErrorOf, IoBackend, IoBase, IoCapable,
    IoCopyable, KnownSize, Loc, Locatable, Output, PlaceErrorOf, Region, Register, ViewOf,
    access::read_value,
    bits::{update_value, write_value},
    copy::{copy_bytes_in, copy_bytes_out, fill_bytes},
    place::{bytes_at, located, or_panic, value_at},
};
use crate::value::{IoValue, Readable, Updatable, Writable};

/// Accesses by offset and by located register, for views of a [`Region`].
///
/// Offsets are in bytes from the start of the region and precede values in argument lists. Methods
/// whose result is [`Output`] return the plain value where the backend cannot fail, and a `Result`
/// where it can.
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

    /// Writes the value to the register that it belongs to.
    #[inline(always)]
    fn write_reg<V>(self, value: V) -> Output<Self::Backend, ()>
    where
        V: Register<Region = Self::Target, Field: Writable<Write = V>>,
        Self::Backend: IoCapable<<V::Field as IoValue>::Repr>,
    {
        self.write(V::LOC, value)
    }

    /// Reads the register at `loc`, changes the value with `f`, and writes it back. Not atomic:
    /// another processor or the device may write in between.
    ///
    /// ```
    /// use io_core::{A4, Loc, Region, prelude::*};
    ///
    /// struct Nova;
    /// type Bar = Region<0x100, A4, Nova>;
    /// const CTRL: Loc<Bar, Le<u32>> = Loc::at(0x20);
    ///
    /// fn start<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus32>) {
    ///     bar.update(CTRL, |ctrl| ctrl | 1);
    /// }
    /// ```
    #[inline(always)]
    fn update<V: Updatable>(
        self,
        loc: Loc<Self::Target, V>,
        f: impl FnOnce(V::Read) -> V::Write,
    ) -> Output<Self::Backend, ()>
    where
        Self::Backend: IoCapable<V::Repr>,
    {
        let view = located::<Self, V>(self, loc);
        <Self::Backend as IoBackend>::Fail::output(update_value::<Self::Backend, V>(view, f))
    }

    /// Reads the `V` at `offset`: `read_at::<Le<u32>>(0x10)`.
    ///
    /// Does not compile if the type of the region does not guarantee the alignment of the access:
    ///
    /// ```compile_fail
    /// use io_core::{A4, Region, prelude::*};
    ///
    /// fn counter(bar: Mmio<'_, Region<0x100, A4>>) -> u64 {
    ///     bar.read_at::<Le<u64>>(8)
    /// }
    /// ```
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
        Self::Target: AnyRegion<Align: AlignedFor<V::Repr>>,
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
    /// Does not compile if the type of the region does not guarantee the alignment of the access.
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
        Self::Target: AnyRegion<Align: AlignedFor<V::Repr>>,
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

    /// Reads the `V` at `offset`, changes it with `f`, and writes it back:
    /// `update_at::<Le<u32>>(0x10, |v| v | 1)`. Not atomic.
    ///
    /// Does not compile if the type of the region does not guarantee the alignment of the access.
    ///
    /// # Panics
    ///
    /// [`try_update_at`](Self::try_update_at) returns an error instead.
    ///
    /// * The value is not inside the region.
    /// * The address of the value is not a multiple of the width of its accesses, or of its
    ///   alignment.
    #[inline(always)]
    #[track_caller]
    fn update_at<V: Updatable>(
        self,
        offset: usize,
        f: impl FnOnce(V::Read) -> V::Write,
    ) -> Output<Self::Backend, ()>
    where
        Self::Target: AnyRegion<Align: AlignedFor<V::Repr>>,
        Self::Backend: IoCapable<V::Repr>,
    {
        let view = or_panic(value_at::<Self, V>(self, offset));
        <Self::Backend as IoBackend>::Fail::output(update_value::<Self::Backend, V>(view, f))
    }

    /// Reads the `V` at `offset`, changes it with `f`, and writes it back. Not atomic.
    ///
    /// # Errors
    ///
    /// [`PlaceErrorOf`] is [`Error`], or [`AccessError`](crate::AccessError) where accesses can
    /// fail:
    ///
    /// * [`Error::OutOfRange`] if the value is not inside the region. No access was made.
    /// * [`Error::Misaligned`] if the address of the value is not a multiple of the width of its
    ///   accesses, or of its alignment. No access was made.
    /// * The backend's error, if an access failed. If the read failed, nothing was written.
    #[inline(always)]
    fn try_update_at<V: Updatable>(
        self,
        offset: usize,
        f: impl FnOnce(V::Read) -> V::Write,
    ) -> Result<(), PlaceErrorOf<Self::Backend>>
    where
        Self::Backend: IoCapable<V::Repr>,
    {
        let view = value_at::<Self, V>(self, offset)
            .map_err(<Self::Backend as IoBackend>::Fail::place_error)?;
        update_value::<Self::Backend, V>(view, f)
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
