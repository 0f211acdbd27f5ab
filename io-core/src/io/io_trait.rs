//! What every view can do.

use super::{
    Clock, Error, ErrorOf, Failure, IoBackend, IoBase, IoCapable, KnownSize, Output, Poll,
    PollError, Region, RegionAlign, Timeout, Untyped, ViewOf,
};
use crate::{
    barrier::Barrier,
    layout::IoTail,
    value::{Clearable, IoLayout, IoValue, Readable, Repr, Settable, Updatable, Writable},
};

/// The accesses of a view, and of a reference to an owner of one.
///
/// Implemented for everything that is [`IoBase`]; nobody can implement it
/// otherwise, so that unsafe code may rely on it.
///
/// Methods whose result is [`Output`] give the plain value where
/// the backend cannot fail and a `Result` where it can; each has a `try_` form
/// that gives a `Result` always.
///
/// ```
/// use io_core::prelude::*;
///
/// let mut word = Le::<u32>::from_ne(0x1234);
/// let view = SysMem::from_mut(&mut word);
/// view.update_val(|v| v | 0x8000);
/// assert_eq!(view.read_val(), 0x9234);
/// ```
pub trait Io<'a>: IoBase<'a> {
    /// The size in bytes.
    #[inline(always)]
    fn size(self) -> usize {
        Self::Target::size(Self::Backend::as_ptr(self.as_view()))
    }

    /// Reads the value: exactly one access of its width.
    #[inline(always)]
    fn read_val(self) -> Output<Self::Backend, <Self::Target as IoValue>::Read>
    where
        Self::Target: Readable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::output(self.try_read_val())
    }

    /// Reads the value: exactly one access of its width.
    ///
    /// # Errors
    ///
    /// The backend's, if the access failed.
    #[inline(always)]
    fn try_read_val(self) -> Result<<Self::Target as IoValue>::Read, ErrorOf<Self::Backend>>
    where
        Self::Target: Readable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        let view = self.as_view();
        Self::Target::read_by(|word| Self::Backend::io_read(word_of::<Self>(view, word)))
    }

    /// Writes the value: exactly one access of its width.
    #[inline(always)]
    fn write_val(self, value: <Self::Target as IoValue>::Write) -> Output<Self::Backend, ()>
    where
        Self::Target: Writable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::output(self.try_write_val(value))
    }

    /// Writes the value: exactly one access of its width.
    ///
    /// # Errors
    ///
    /// The backend's, if the access failed.
    #[inline(always)]
    fn try_write_val(
        self,
        value: <Self::Target as IoValue>::Write,
    ) -> Result<(), ErrorOf<Self::Backend>>
    where
        Self::Target: Writable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        write_value(self, value)
    }

    /// Reads, lets `f` change the value, writes it back. Not atomic: another
    /// processor or the device may write in between.
    #[inline(always)]
    fn update_val(
        self,
        f: impl FnOnce(<Self::Target as IoValue>::Read) -> <Self::Target as IoValue>::Write,
    ) -> Output<Self::Backend, ()>
    where
        Self::Target: Updatable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::output(self.try_update_val(f))
    }

    /// Reads, lets `f` change the value, writes it back. Not atomic.
    ///
    /// # Errors
    ///
    /// The backend's; after a failed read nothing is written.
    #[inline(always)]
    fn try_update_val(
        self,
        f: impl FnOnce(<Self::Target as IoValue>::Read) -> <Self::Target as IoValue>::Write,
    ) -> Result<(), ErrorOf<Self::Backend>>
    where
        Self::Target: Updatable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        write_value(self, f(self.try_read_val()?))
    }

    /// Clears the bits that are one in `bits` (write-one-to-clear).
    #[inline(always)]
    fn clear(self, bits: <Self::Target as IoValue>::Write) -> Output<Self::Backend, ()>
    where
        Self::Target: Clearable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::output(self.try_clear(bits))
    }

    /// Clears the bits that are one in `bits` (write-one-to-clear).
    ///
    /// # Errors
    ///
    /// The backend's, if the access failed.
    #[inline(always)]
    fn try_clear(self, bits: <Self::Target as IoValue>::Write) -> Result<(), ErrorOf<Self::Backend>>
    where
        Self::Target: Clearable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        write_value(self, bits)
    }

    /// Sets the bits that are one in `bits` (write-one-to-set).
    #[inline(always)]
    fn set(self, bits: <Self::Target as IoValue>::Write) -> Output<Self::Backend, ()>
    where
        Self::Target: Settable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::output(self.try_set(bits))
    }

    /// Sets the bits that are one in `bits` (write-one-to-set).
    ///
    /// # Errors
    ///
    /// The backend's, if the access failed.
    #[inline(always)]
    fn try_set(self, bits: <Self::Target as IoValue>::Write) -> Result<(), ErrorOf<Self::Backend>>
    where
        Self::Target: Settable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        write_value(self, bits)
    }

    /// Writes the value, then reads it back, so that a write that a bridge has
    /// taken in ("posted") has reached the device.
    #[inline(always)]
    fn write_flush(self, value: <Self::Target as IoValue>::Write) -> Output<Self::Backend, ()>
    where
        Self::Target: Updatable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        <Self::Backend as IoBackend>::Fail::output(
            self.try_write_val(value).and_then(|()| self.try_read_val().map(drop)),
        )
    }

    /// Whether a read gives all ones, as reads of a PCI device that is gone do.
    /// One access; for a register that never has all bits set.
    #[inline(always)]
    fn is_gone(self) -> Output<Self::Backend, bool>
    where
        Self::Target: Readable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        type R<T> = <T as IoValue>::Repr;
        <Self::Backend as IoBackend>::Fail::output(
            Self::Backend::io_read(word_of::<Self>(self.as_view(), 0))
                .map(|repr| repr.to_u64() == R::<Self::Target>::WIDTH.all_ones()),
        )
    }

    /// Reads until `done` says yes, and gives the value that it said yes to.
    ///
    /// Looks at least once, and once more after the deadline, so that a caller
    /// who was kept from running does not miss it.
    ///
    /// # Errors
    ///
    /// [`PollError::Timeout`] after `limit`'s time, [`PollError::Io`] at once if
    /// a read failed.
    #[inline]
    fn poll<C: Clock>(
        self,
        clock: &C,
        limit: Poll,
        mut done: impl FnMut(&<Self::Target as IoValue>::Read) -> bool,
    ) -> Result<<Self::Target as IoValue>::Read, PollError<ErrorOf<Self::Backend>>>
    where
        Self::Target: Readable,
        Self::Backend: IoCapable<<Self::Target as IoValue>::Repr>,
    {
        let start = clock.now();
        loop {
            let late = clock.now().saturating_sub(start) >= limit.timeout;
            let value = self.try_read_val().map_err(PollError::Io)?;
            if done(&value) {
                return Ok(value);
            }
            if late {
                return Err(PollError::Timeout(Timeout { after: limit.timeout }));
            }
            clock.pause(limit.interval);
        }
    }

    /// Untyped memory as a `U`, proved at compile time.
    ///
    /// Does not compile if `U` is larger than what the type of the view
    /// guarantees, or more aligned.
    #[inline(always)]
    fn cast<U: IoLayout>(self) -> ViewOf<'a, Self, U>
    where
        Self::Target: Untyped,
    {
        const { crate::layout::check_cast::<Self::Target, U>() };
        let view = self.as_view();
        let ptr = Self::Backend::as_ptr(view).cast::<U>();
        // SAFETY: the start of the same place, large and aligned enough as just
        // proved; untyped memory may hold a `U`.
        unsafe { Self::Backend::project_view(view, ptr) }
    }

    /// Untyped memory as a `U`, checked at run time. The memory may be larger.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if it is too small, [`Error::Misaligned`] if its
    /// address is no multiple of `U`'s alignment.
    #[inline(always)]
    fn try_cast<U: IoLayout>(self) -> Result<ViewOf<'a, Self, U>, Error>
    where
        Self::Target: Untyped,
    {
        let view = self.as_view();
        let (ptr, size) = place::<Self>(view);
        let ptr = check_place(ptr, size, size_of::<U>(), align_of::<U>())?;
        // SAFETY: the start of the same place, large and aligned enough as just
        // checked; untyped memory may hold a `U`.
        Ok(unsafe { Self::Backend::project_view(view, ptr.cast::<U>()) })
    }

    /// Untyped memory as so many `U` as fit, checked at run time.
    ///
    /// # Errors
    ///
    /// [`Error::Misaligned`] if its address is no multiple of `U`'s alignment,
    /// [`Error::Length`] if its size is no multiple of `U`'s.
    #[inline]
    fn try_cast_slice<U: IoLayout>(self) -> Result<ViewOf<'a, Self, [U]>, Error>
    where
        Self::Target: Untyped,
    {
        const { assert!(size_of::<U>() != 0, "elements of no size cannot be counted") };
        let view = self.as_view();
        let (ptr, size) = place::<Self>(view);
        let ptr = check_place(ptr, size, 0, align_of::<U>())?.cast::<U>();
        let len = size / size_of::<U>();
        if len * size_of::<U>() != size {
            return Err(Error::Length { expected: size, found: len * size_of::<U>() });
        }
        let slice = core::ptr::slice_from_raw_parts_mut(ptr, len);
        // SAFETY: the same place, aligned as just checked; untyped memory may
        // hold any `U`.
        Ok(unsafe { Self::Backend::project_view(view, slice) })
    }

    /// Untyped memory as a header and `count` elements behind it, checked at run
    /// time. The memory may be larger.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if it is too small, [`Error::Misaligned`] if its
    /// address is no multiple of `U`'s alignment.
    #[inline]
    fn try_cast_tail<U: ?Sized + IoTail>(self, count: usize) -> Result<ViewOf<'a, Self, U>, Error>
    where
        Self::Target: Untyped,
    {
        let () = U::CHECKED;
        let view = self.as_view();
        let (ptr, limit) = place::<Self>(view);
        let elements = count.checked_mul(size_of::<U::Item>());
        let size = elements.and_then(|size| size.checked_add(U::HEADER)).unwrap_or(usize::MAX);
        let ptr = check_place(ptr, limit, size, U::MIN_ALIGN)?;
        let block = U::from_elements(core::ptr::slice_from_raw_parts_mut(ptr.cast(), count));
        // SAFETY: the start of the same place, large and aligned enough as just
        // checked; untyped memory may hold a `U`.
        Ok(unsafe { Self::Backend::project_view(view, block) })
    }

    /// Untyped memory as a [`Region`] of at least `SIZE` bytes aligned to `A`.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if it is too small, [`Error::Misaligned`] if its
    /// address or size is no multiple of the alignment.
    #[inline]
    fn try_region<const SIZE: usize, A: RegionAlign>(
        self,
    ) -> Result<ViewOf<'a, Self, Region<SIZE, A>>, Error>
    where
        Self::Target: Untyped,
    {
        let view = self.as_view();
        let (ptr, size) = place::<Self>(view);
        let region = Region::ptr_try_from_raw_parts_mut(ptr, size)?;
        // SAFETY: the same place, large and aligned enough as just checked.
        Ok(unsafe { Self::Backend::project_view(view, region) })
    }

    /// [`mb`](crate::barrier::mb), seen by recorders and simulated devices.
    #[inline(always)]
    fn mb(self) {
        Self::Backend::barrier(self.as_view(), Barrier::Mb);
    }

    /// [`rmb`](crate::barrier::rmb), seen by recorders and simulated devices.
    #[inline(always)]
    fn rmb(self) {
        Self::Backend::barrier(self.as_view(), Barrier::Rmb);
    }

    /// [`wmb`](crate::barrier::wmb), seen by recorders and simulated devices.
    #[inline(always)]
    fn wmb(self) {
        Self::Backend::barrier(self.as_view(), Barrier::Wmb);
    }

    /// [`dma_mb`](crate::barrier::dma_mb), seen by recorders and simulated devices.
    #[inline(always)]
    fn dma_mb(self) {
        Self::Backend::barrier(self.as_view(), Barrier::DmaMb);
    }

    /// [`dma_rmb`](crate::barrier::dma_rmb), seen by recorders and simulated devices.
    #[inline(always)]
    fn dma_rmb(self) {
        Self::Backend::barrier(self.as_view(), Barrier::DmaRmb);
    }

    /// [`dma_wmb`](crate::barrier::dma_wmb), seen by recorders and simulated devices.
    #[inline(always)]
    fn dma_wmb(self) {
        Self::Backend::barrier(self.as_view(), Barrier::DmaWmb);
    }
}

impl<'a, T: IoBase<'a>> Io<'a> for T {}

/// One word of a value: the integer that goes over the bus.
#[inline(always)]
pub(super) fn word_of<'a, I: IoBase<'a, Target: IoValue>>(
    view: ViewOf<'a, I, I::Target>,
    word: usize,
) -> ViewOf<'a, I, <I::Target as IoValue>::Repr> {
    let ptr = I::Backend::as_ptr(view).cast::<<I::Target as IoValue>::Repr>();
    // SAFETY: an `IoValue` consists of words of its representation, aligned, and
    // names no others; what a view leaves there need not be a value.
    unsafe { I::Backend::project_view(view, ptr.wrapping_add(word)) }
}

/// Writes a value that may be written in the way that the caller has.
#[inline(always)]
fn write_value<'a, I>(
    io: I,
    value: <I::Target as IoValue>::Write,
) -> Result<(), ErrorOf<I::Backend>>
where
    I: IoBase<'a, Target: IoValue, Backend: IoCapable<<I::Target as IoValue>::Repr>>,
{
    let view = io.as_view();
    I::Target::write_by(value, |word, repr| I::Backend::io_write(word_of::<I>(view, word), repr))
}

/// Start and size of a view's place.
///
/// Takes the view, not what it came from: `IoBase` is a safe trait, and an
/// implementation may give another view each time it is asked.
#[inline(always)]
fn place<'a, I: IoBase<'a>>(view: ViewOf<'a, I, I::Target>) -> (*mut u8, usize) {
    let ptr = I::Backend::as_ptr(view);
    (ptr.cast(), I::Target::size(ptr))
}

/// Whether `size` bytes aligned to `align` start at `ptr`, where `limit` bytes are.
#[inline(always)]
fn check_place(ptr: *mut u8, limit: usize, size: usize, align: usize) -> Result<*mut u8, Error> {
    if size > limit {
        return Err(Error::OutOfRange { offset: 0, size, limit });
    }
    if !ptr.addr().is_multiple_of(align) {
        return Err(Error::Misaligned { address: ptr.addr(), align });
    }
    Ok(ptr)
}
