//! Memory-mapped device registers: ordered by default, relaxed on request.

use core::{convert::Infallible, fmt, marker::PhantomData};

use io_mem::arch::{self, Word};

use super::{device_copy, direct_backend, view};
use crate::{
    io::{CopyError, Error, IoCapable, IoCopyable, KnownSize, Medium, Region, RegionAlign},
    value::Width,
};

/// Address and type of device registers, without any guarantee.
///
/// A driver obtains the address from a device tree or a BAR; [`Mmio::from_raw`] makes a view of it.
/// Corresponds to C's `T __iomem *` in Linux.
///
/// ```
/// use io_core::{MmioRaw, Region};
///
/// let raw = MmioRaw::<Region<0x100>>::new_region(0xfe00_0000, 0x1000)?;
/// assert_eq!((raw.addr(), raw.size()), (0xfe00_0000, 0x1000));
/// assert!(MmioRaw::<Region<0x100>>::new_region(0xfe00_0000, 0x80).is_err());
/// # Ok::<(), io_core::Error>(())
/// ```
#[doc(alias("ioremap", "__iomem"))]
pub struct MmioRaw<T: ?Sized>(pub(super) *mut T);

impl<T> MmioRaw<T> {
    /// Registers at the mapped address `address`.
    ///
    /// The pointer has no provenance, which is correct for a device: its registers are not memory
    /// that Rust allocated. For memory of the program, as in tests, use
    /// [`from_ptr`](Self::from_ptr).
    #[inline]
    pub const fn new(address: usize) -> Self {
        Self(core::ptr::without_provenance_mut(address))
    }
}

impl<T: ?Sized> MmioRaw<T> {
    /// Registers that a pointer refers to. The provenance of the pointer is kept.
    #[inline]
    pub const fn from_ptr(ptr: *mut T) -> Self {
        Self(ptr)
    }

    /// Returns the mapped address.
    #[inline]
    pub fn addr(self) -> usize {
        self.0.addr()
    }

    /// The pointer. Must not be dereferenced.
    #[inline]
    pub const fn as_ptr(self) -> *mut T {
        self.0
    }
}

impl<T: ?Sized + KnownSize> MmioRaw<T> {
    /// Returns the size in bytes.
    #[inline]
    pub fn size(self) -> usize {
        T::size(self.0)
    }
}

impl<const SIZE: usize, A: RegionAlign, D: ?Sized> MmioRaw<Region<SIZE, A, D>> {
    /// `size` bytes at the mapped address `address`.
    ///
    /// # Errors
    ///
    /// * [`Error::OutOfRange`] if `size` is less than `SIZE`.
    /// * [`Error::Misaligned`] if `address` or `size` is not a multiple of `A`.
    #[inline]
    pub fn new_region(address: usize, size: usize) -> Result<Self, Error> {
        Self::region_from_ptr(core::ptr::without_provenance_mut(address), size)
    }

    /// `size` bytes that a pointer refers to. The provenance of the pointer is kept.
    ///
    /// # Errors
    ///
    /// * The errors of [`new_region`](Self::new_region).
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

// SAFETY: an address guarantees nothing and gives no access.
unsafe impl<T: ?Sized> Send for MmioRaw<T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized> Sync for MmioRaw<T> {}

/// A view of device registers whose accesses are ordered as Linux' `readX` and `writeX`.
///
/// A write waits for earlier writes to memory, and a read completes before later accesses. A
/// doorbell therefore needs no separate barrier. Accesses to one device stay in program order.
///
/// Single accesses have 8, 16 or 32 bits, and 64 bits where pointers have 64 bits. Copies access
/// each field by its own width, or by the requested one. They and FIFO accesses are relaxed; one
/// barrier orders the sequence as a whole.
///
/// Source: Linux `Documentation/driver-api/device-io.rst` and `Documentation/memory-barriers.txt`,
/// "KERNEL I/O BARRIER EFFECTS".
///
/// ```no_run
/// use io_core::{RwSideEffect, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Uart { data: RwSideEffect<u32>, status: Ro<u32> }
///
/// let raw = MmioRaw::<Uart>::new(0x0900_0000);
/// // SAFETY: the board has this UART mapped there, and no other code uses it.
/// let uart = unsafe { Mmio::from_raw(raw) };
/// io_write!(uart, .data, b'x'.into());
/// ```
///
/// # Invariants
///
/// For the duration of `'a`, the pointer is aligned, and all its bytes are device registers that
/// may be accessed, or memory that is not accessed through references.
#[doc(alias("ioremap", "__iomem", "readl", "writel", "volatile"))]
pub struct Mmio<'a, T: ?Sized + KnownSize> {
    raw: MmioRaw<T>,
    marker: PhantomData<&'a ()>,
}

/// A view of device registers whose accesses are ordered as Linux' `readX_relaxed` and
/// `writeX_relaxed`: only among themselves.
///
/// Widths are those of [`Mmio`]. Relaxed accesses are sufficient where no access to memory depends
/// on them: status registers that are polled, or a series of writes before a last, ordered one.
///
/// Source: Linux `Documentation/memory-barriers.txt`, "KERNEL I/O BARRIER EFFECTS".
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Dma { source: Le<u32>, len: Le<u32>, start: Wo<Le<u32>> }
///
/// fn transfer(dma: Mmio<'_, Dma>, source: u32, len: u32) {
///     let relaxed = dma.relaxed();
///     io_write!(relaxed, .source, source);
///     io_write!(relaxed, .len, len);
///     // Ordered after the writes to memory that the device is to read.
///     io_write!(dma, .start, 1);
/// }
/// ```
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
    /// For the duration of `'a`:
    ///
    /// * The address must be aligned to `T::MIN_ALIGN`, and the metadata must be correct for `T`.
    /// * [`size`](MmioRaw::size) bytes at the address must be mapped as a device or, in tests, be
    ///   valid, initialised memory.
    /// * These bytes must be accessed only through views, by devices, or by Rust atomics of the
    ///   width of the views' accesses.
    /// * If the device can write to memory, accesses through the view must not make it write to
    ///   memory other than DMA memory.
    #[inline(always)]
    pub const unsafe fn from_raw(raw: MmioRaw<T>) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self { raw, marker: PhantomData }
    }
}

// SAFETY: a view is to its bytes what `&T` is to a `T`, and every access through it is atomic.
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

direct_backend! {
    Ordered MmioBackend, Mmio, |view| view.raw.0,
    |ptr| Mmio { raw: MmioRaw(ptr), marker: PhantomData },
    |view| RelaxedMmioBackend RelaxedMmio { raw: view.raw, marker: PhantomData }
}
direct_backend! {
    Relaxed RelaxedMmioBackend, RelaxedMmio, |view| view.raw.0,
    |ptr| RelaxedMmio { raw: MmioRaw(ptr), marker: PhantomData },
    |view| RelaxedMmioBackend view
}

#[diagnostic::do_not_recommend]
impl<W: Word> IoCapable<W> for RelaxedMmioBackend {
    #[inline(always)]
    fn io_read<'a>(view: Self::View<'a, W>) -> Result<W, Infallible> {
        // SAFETY: by the view's invariants, the pointer is aligned and accessible.
        Ok(unsafe { W::load(view.raw.0) })
    }

    #[inline(always)]
    fn io_write<'a>(view: Self::View<'a, W>, value: W) -> Result<(), Infallible> {
        // SAFETY: by the view's invariants, the pointer is aligned and accessible.
        unsafe { W::store(view.raw.0, value) };
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl<W: Word> IoCapable<W> for MmioBackend {
    #[inline(always)]
    fn io_read<'a>(view: Self::View<'a, W>) -> Result<W, Infallible> {
        // SAFETY: by the view's invariants, the pointer is aligned and accessible.
        let value = unsafe { W::load(view.raw.0) };
        value.after_device_read();
        Ok(value)
    }

    #[inline(always)]
    fn io_write<'a>(view: Self::View<'a, W>, value: W) -> Result<(), Infallible> {
        arch::before_device_write();
        // SAFETY: by the view's invariants, the pointer is aligned and accessible.
        unsafe { W::store(view.raw.0, value) };
        Ok(())
    }

    /// Relaxed accesses; the barrier after the last read orders them as a whole.
    #[inline(always)]
    fn io_read_fifo<'a>(
        view: Self::View<'a, W>,
        count: usize,
        mut sink: impl FnMut(W),
    ) -> Result<(), CopyError<Infallible>> {
        for _ in 0..count {
            // SAFETY: by the view's invariants, the pointer is aligned and accessible.
            sink(unsafe { W::load(view.raw.0) });
        }
        arch::after_device_read();
        Ok(())
    }

    /// Relaxed accesses; the barrier before the first write orders them as a whole.
    #[inline(always)]
    fn io_write_fifo<'a>(
        view: Self::View<'a, W>,
        values: impl Iterator<Item = W>,
    ) -> Result<(), CopyError<Infallible>> {
        arch::before_device_write();
        for value in values {
            // SAFETY: by the view's invariants, the pointer is aligned and accessible.
            unsafe { W::store(view.raw.0, value) };
        }
        Ok(())
    }
}

/// The widest access of a device.
const WIDEST: Width = if cfg!(target_pointer_width = "64") { Width::W64 } else { Width::W32 };

/// Implements `IoCopyable` with relaxed accesses, and the functions that order them.
macro_rules! device_copies {
    ($backend:ident $($order:item)*) => {
        // SAFETY: `device_copy` copies exactly the view's bytes.
        unsafe impl IoCopyable for $backend {
            const MEDIUM: Medium = Medium::Device;
            const WIDEST: Width = WIDEST;

            $($order)*

            #[inline(always)]
            unsafe fn copy_from_io<'a>(
                view: Self::View<'a, [u8]>,
                width: Option<Width>,
                buffer: *mut u8,
            ) -> Result<(), CopyError<Infallible>> {
                let ptr = view.raw.0;
                // SAFETY: the view's bytes are accessible. The caller guarantees that the buffer is
                // valid for that many and does not overlap them.
                unsafe { device_copy::copy_from(ptr.cast(), width, buffer, ptr.len()) }
            }

            #[inline(always)]
            unsafe fn copy_to_io<'a>(
                view: Self::View<'a, [u8]>,
                width: Option<Width>,
                buffer: *const u8,
            ) -> Result<(), CopyError<Infallible>> {
                let ptr = view.raw.0;
                // SAFETY: the view's bytes are accessible. The caller guarantees that the buffer is
                // valid for that many and does not overlap them.
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
    };
}

device_copies!(RelaxedMmioBackend);
device_copies!(MmioBackend
    #[inline(always)]
    fn before_copy_to<'a>(_view: Self::View<'a, [u8]>) {
        arch::before_device_write();
    }

    #[inline(always)]
    fn after_copy_from<'a>(_view: Self::View<'a, [u8]>) {
        arch::after_device_read();
    }
);
