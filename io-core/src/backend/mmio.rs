//! Memory-mapped device registers: ordered by default, relaxed on request.

use core::{convert::Infallible, fmt, marker::PhantomData};

use io_mem::arch::{self, Word};

use super::{device_copy, direct_backend, view};
use crate::{
    io::{CopyError, Error, IoCapable, IoCopyable, KnownSize, Region, RegionAlign},
    value::Width,
};

/// Address and type of device registers, without any promise.
///
/// What a driver is told by a device tree or a BAR; [`Mmio::from_raw`] turns it
/// into a view.
pub struct MmioRaw<T: ?Sized>(pub(super) *mut T);

impl<T> MmioRaw<T> {
    /// Registers at the mapped address `address`.
    ///
    /// The pointer has no provenance: right for a device, which is no memory
    /// that Rust knows. For memory of the program (tests) use
    /// [`from_ptr`](Self::from_ptr).
    #[inline]
    pub const fn new(address: usize) -> Self {
        Self(core::ptr::without_provenance_mut(address))
    }
}

impl<T: ?Sized> MmioRaw<T> {
    /// Registers behind a pointer, whose provenance is kept.
    #[inline]
    pub const fn from_ptr(ptr: *mut T) -> Self {
        Self(ptr)
    }

    /// The mapped address.
    #[inline]
    pub fn addr(self) -> usize {
        self.0.addr()
    }

    /// The pointer. Not to be dereferenced.
    #[inline]
    pub const fn as_ptr(self) -> *mut T {
        self.0
    }
}

impl<T: ?Sized + KnownSize> MmioRaw<T> {
    /// The size in bytes.
    #[inline]
    pub fn size(self) -> usize {
        T::size(self.0)
    }
}

impl<const SIZE: usize, A: RegionAlign> MmioRaw<Region<SIZE, A>> {
    /// `size` bytes at the mapped address `address`.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if `size` is less than `SIZE`,
    /// [`Error::Misaligned`] if address or size are no multiples of `A`.
    #[inline]
    pub fn new_region(address: usize, size: usize) -> Result<Self, Error> {
        Self::region_from_ptr(core::ptr::without_provenance_mut(address), size)
    }

    /// `size` bytes behind a pointer, whose provenance is kept.
    ///
    /// # Errors
    ///
    /// As [`new_region`](Self::new_region).
    #[inline]
    pub fn region_from_ptr(ptr: *mut u8, size: usize) -> Result<Self, Error> {
        Region::ptr_try_from_raw_parts_mut(ptr, size).map(Self)
    }
}

impl<T: ?Sized> Clone for MmioRaw<T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for MmioRaw<T> {}

impl<T: ?Sized> fmt::Debug for MmioRaw<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MmioRaw({:#x})", self.0.addr())
    }
}

// SAFETY: an address promises nothing and gives access to nothing.
unsafe impl<T: ?Sized> Send for MmioRaw<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized> Sync for MmioRaw<T> {}

/// Device registers whose accesses are ordered as Linux' `readX` and `writeX`.
///
/// A write waits for earlier writes to memory, a read completes before later
/// accesses; so a doorbell needs no barrier of its own. Accesses to one device
/// stay in program order.
///
/// ```no_run
/// use io_core::{RwSideEffect, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Uart { data: RwSideEffect<u32>, status: Ro<u32> }
///
/// let raw = MmioRaw::<Uart>::new(0x0900_0000);
/// // SAFETY: the board has this UART mapped there, and nobody else uses it.
/// let uart = unsafe { Mmio::from_raw(raw) };
/// io_write!(uart, .data, b'x'.into());
/// ```
///
/// # Invariants
///
/// While `'a` lasts, the pointer is aligned and all bytes of its place are
/// device registers that may be accessed, or memory that nobody accesses by
/// reference.
pub struct Mmio<'a, T: ?Sized + KnownSize> {
    raw: MmioRaw<T>,
    marker: PhantomData<&'a ()>,
}

/// Device registers whose accesses are ordered as Linux' `readX_relaxed` and
/// `writeX_relaxed`: among themselves only.
///
/// # Invariants
///
/// Those of [`Mmio`].
pub struct RelaxedMmio<'a, T: ?Sized + KnownSize> {
    raw: MmioRaw<T>,
    marker: PhantomData<&'a ()>,
}

impl<'a, T: ?Sized + KnownSize> Mmio<'a, T> {
    /// A view of device registers.
    ///
    /// # Safety
    ///
    /// While `'a` lasts:
    ///
    /// * the address is aligned to `T::MIN_ALIGN`, the metadata is right for
    ///   `T`, and `size` bytes are mapped there as a device (or, in tests, are
    ///   valid, initialised memory);
    /// * nobody accesses these bytes except through views, as a device, or by
    ///   Rust atomics of the same width;
    /// * if the device can write to memory, what this driver programs through
    ///   the view makes it write to DMA memory only.
    #[inline(always)]
    pub const unsafe fn from_raw(raw: MmioRaw<T>) -> Self {
        // INVARIANT: the caller's promise.
        Self { raw, marker: PhantomData }
    }

    /// The same registers without ordering against memory.
    #[inline(always)]
    pub const fn relaxed(self) -> RelaxedMmio<'a, T> {
        RelaxedMmio { raw: self.raw, marker: PhantomData }
    }
}

// SAFETY: a view is to its place what `&T` is; every access of it is atomic.
unsafe impl<T: ?Sized + KnownSize + Sync> Send for Mmio<'_, T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + KnownSize + Sync> Sync for Mmio<'_, T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + KnownSize + Sync> Send for RelaxedMmio<'_, T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + KnownSize + Sync> Sync for RelaxedMmio<'_, T> {}

/// The backend of [`Mmio`].
#[derive(Debug)]
pub enum MmioBackend {}

/// The backend of [`RelaxedMmio`].
#[derive(Debug)]
pub enum RelaxedMmioBackend {}

view!(Mmio, MmioBackend);
view!(RelaxedMmio, RelaxedMmioBackend);

direct_backend!(Ordered MmioBackend, Mmio, |view| view.raw.0, |ptr| Mmio {
    raw: MmioRaw(ptr),
    marker: PhantomData
});
direct_backend!(Relaxed RelaxedMmioBackend, RelaxedMmio, |view| view.raw.0, |ptr| RelaxedMmio {
    raw: MmioRaw(ptr),
    marker: PhantomData
});

#[diagnostic::do_not_recommend]
impl<W: Word> IoCapable<W> for RelaxedMmioBackend {
    #[inline(always)]
    fn io_read<'a>(view: Self::View<'a, W>) -> Result<W, Infallible> {
        // SAFETY: by the view's invariants aligned and accessible.
        Ok(unsafe { W::load(view.raw.0) })
    }

    #[inline(always)]
    fn io_write<'a>(view: Self::View<'a, W>, value: W) -> Result<(), Infallible> {
        // SAFETY: by the view's invariants aligned and accessible.
        unsafe { W::store(view.raw.0, value) };
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<W: Word> IoCapable<W> for MmioBackend {
    #[inline(always)]
    fn io_read<'a>(view: Self::View<'a, W>) -> Result<W, Infallible> {
        // SAFETY: by the view's invariants aligned and accessible.
        let value = unsafe { W::load(view.raw.0) };
        value.after_device_read();
        Ok(value)
    }

    #[inline(always)]
    fn io_write<'a>(view: Self::View<'a, W>, value: W) -> Result<(), Infallible> {
        arch::before_device_write();
        // SAFETY: by the view's invariants aligned and accessible.
        unsafe { W::store(view.raw.0, value) };
        Ok(())
    }

    /// Relaxed accesses, ordered as a whole: by the barrier of the last read.
    #[inline(always)]
    fn io_read_fifo<'a>(
        view: Self::View<'a, W>,
        count: usize,
        mut sink: impl FnMut(W),
    ) -> Result<(), CopyError<Infallible>> {
        for _ in 0..count {
            // SAFETY: by the view's invariants aligned and accessible.
            sink(unsafe { W::load(view.raw.0) });
        }
        arch::after_device_read();
        Ok(())
    }

    /// Relaxed accesses, ordered as a whole: by the barrier of the first write.
    #[inline(always)]
    fn io_write_fifo<'a>(
        view: Self::View<'a, W>,
        values: impl Iterator<Item = W>,
    ) -> Result<(), CopyError<Infallible>> {
        arch::before_device_write();
        for value in values {
            // SAFETY: by the view's invariants aligned and accessible.
            unsafe { W::store(view.raw.0, value) };
        }
        Ok(())
    }
}

// SAFETY: `device_copy` copies exactly the view's bytes.
unsafe impl IoCopyable for RelaxedMmioBackend {
    #[inline(always)]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<Infallible>> {
        let ptr = view.raw.0;
        // SAFETY: the view's bytes are accessible, the buffer is valid for as
        // many by contract.
        unsafe { device_copy::copy_from(ptr.cast(), width, buffer, ptr.len()) }
    }

    #[inline(always)]
    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> Result<(), CopyError<Infallible>> {
        let ptr = view.raw.0;
        // SAFETY: the view's bytes are accessible, the buffer is valid for as
        // many by contract.
        unsafe { device_copy::copy_to(ptr.cast(), width, buffer, ptr.len()) }
    }

    #[inline(always)]
    fn fill_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        byte: u8,
    ) -> Result<(), CopyError<Infallible>> {
        let ptr = view.raw.0;
        // SAFETY: the view's bytes are accessible.
        unsafe { device_copy::fill(ptr.cast(), width, byte, ptr.len()) }
    }
}

// SAFETY: `device_copy` copies exactly the view's bytes.
unsafe impl IoCopyable for MmioBackend {
    #[inline(always)]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<Infallible>> {
        let ptr = view.raw.0;
        // SAFETY: the view's bytes are accessible, the buffer is valid for as
        // many by contract.
        unsafe { device_copy::copy_from(ptr.cast(), width, buffer, ptr.len()) }?;
        arch::after_device_read();
        Ok(())
    }

    #[inline(always)]
    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> Result<(), CopyError<Infallible>> {
        arch::before_device_write();
        let ptr = view.raw.0;
        // SAFETY: the view's bytes are accessible, the buffer is valid for as
        // many by contract.
        unsafe { device_copy::copy_to(ptr.cast(), width, buffer, ptr.len()) }
    }

    #[inline(always)]
    fn fill_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        byte: u8,
    ) -> Result<(), CopyError<Infallible>> {
        arch::before_device_write();
        let ptr = view.raw.0;
        // SAFETY: the view's bytes are accessible.
        unsafe { device_copy::fill(ptr.cast(), width, byte, ptr.len()) }
    }
}
