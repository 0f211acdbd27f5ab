//! Device memory that is mapped write-combining. Ordering is explicit.

use core::{convert::Infallible, marker::PhantomData};

use io_mem::arch::{self, Word};

use super::{MmioRaw, device_copy, direct_backend, view};
use crate::{
    barrier::{self, Barrier},
    io::{CopyError, IoCapable, IoCopyable, KnownSize, Medium},
    value::Width,
};

/// A view of device memory that is mapped write-combining (Linux' `ioremap_wc`): a frame buffer, a
/// doorbell page to which whole descriptors are written, a prefetchable BAR.
///
/// The processor buffers writes, merges adjacent ones, and sends them in any order. None of the
/// ordering guarantees of [`Mmio`](super::Mmio) apply, not even among accesses of the same device.
/// All ordering is explicit:
///
/// * [`wmb`](crate::Io::wmb): writes before it reach the device before writes after it, including
///   doorbells through other views.
/// * [`io_stop_wc`](Self::io_stop_wc): earlier writes are not merged with later ones.
/// * [`write_flush`](crate::Io::write_flush) or a read: earlier writes have reached the device.
///
/// A single access is one instruction of its width, but the processor decides how it reaches the
/// device. Copies without a requested width are byte-wise atomic and use the widest available
/// instructions, so whole lines are transferred at once.
///
/// Source: Linux `Documentation/driver-api/device-io.rst`, "ioremap_wc".
///
/// ```no_run
/// use io_core::{MmioWc, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Doorbells { ring: [Wo<Le<u32>>; 4] }
///
/// fn post(queue: MmioWc<'_, [u8; 64]>, bells: Mmio<'_, Doorbells>, descriptor: &[u8; 64]) {
///     queue.copy_from_slice(descriptor);
///     queue.wmb();
///     io_write!(bells, .ring[0], 1);
/// }
/// ```
///
/// # Invariants
///
/// Those of [`Mmio`](super::Mmio). In addition, the memory is prefetchable: reads have no effect,
/// and writes may be merged.
#[doc(alias("ioremap_wc", "write-combining", "pgprot_writecombine"))]
pub struct MmioWc<'a, T: ?Sized + KnownSize> {
    raw: MmioRaw<T>,
    marker: PhantomData<&'a ()>,
}

impl<'a, T: ?Sized + KnownSize> MmioWc<'a, T> {
    /// A view of device memory that is mapped write-combining.
    ///
    /// # Safety
    ///
    /// * The requirements of [`Mmio::from_raw`](super::Mmio::from_raw) must be fulfilled.
    /// * For the duration of `'a`, reads must have no effect on the device.
    /// * For the duration of `'a`, the device must work correctly if writes are merged or torn.
    #[inline(always)]
    pub const unsafe fn from_raw(raw: MmioRaw<T>) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self { raw, marker: PhantomData }
    }

    /// [`io_stop_wc`](barrier::io_stop_wc): earlier writes are not merged with later ones. A hint,
    /// on processors that have one.
    #[inline(always)]
    pub fn io_stop_wc(self) {
        barrier::io_stop_wc();
    }
}

// SAFETY: a view is to its bytes what `&T` is to a `T`, and every access through it is atomic.
unsafe impl<T: ?Sized + KnownSize + Sync> Send for MmioWc<'_, T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + KnownSize + Sync> Sync for MmioWc<'_, T> {}

/// The backend of [`MmioWc`].
#[derive(Debug)]
pub enum MmioWcBackend {}

view!(MmioWc, MmioWcBackend);

direct_backend! {
    Relaxed MmioWcBackend, MmioWc, |view| view.raw.as_ptr(),
    |ptr| MmioWc { raw: MmioRaw::from_ptr(ptr), marker: PhantomData },
    |view| MmioWcBackend view;
    // Writes are buffered. No weaker barrier orders them.
    const BEFORE_PUBLISH: Barrier = Barrier::Wmb;
    const AFTER_CONSUME: Barrier = Barrier::Rmb;
}

#[diagnostic::do_not_recommend]
impl<W: Word> IoCapable<W> for MmioWcBackend {
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

// SAFETY: the copies access exactly the view's bytes. With a width, the accesses are those of the
// relaxed view. Without one, any accesses are allowed, since the memory is prefetchable.
unsafe impl IoCopyable for MmioWcBackend {
    const MEDIUM: Medium = Medium::Memory;

    #[inline(always)]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<Infallible>> {
        let ptr = view.raw.as_ptr();
        if width.is_some() {
            // SAFETY: the view's bytes are accessible. The caller guarantees that the buffer is
            // valid for that many and does not overlap them.
            return unsafe { device_copy::copy_from(ptr.cast(), width, buffer, ptr.len()) };
        }
        // SAFETY: the view's bytes are accessible. The caller guarantees that the buffer is valid
        // for that many and does not overlap them.
        unsafe { arch::copy_from(buffer, ptr.cast(), ptr.len()) };
        Ok(())
    }

    #[inline(always)]
    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> Result<(), CopyError<Infallible>> {
        let ptr = view.raw.as_ptr();
        if width.is_some() {
            // SAFETY: the view's bytes are accessible. The caller guarantees that the buffer is
            // valid for that many and does not overlap them.
            return unsafe { device_copy::copy_to(ptr.cast(), width, buffer, ptr.len()) };
        }
        // SAFETY: the view's bytes are accessible. The caller guarantees that the buffer is valid
        // for that many and does not overlap them.
        unsafe { arch::copy_to(ptr.cast(), buffer, ptr.len()) };
        Ok(())
    }

    #[inline(always)]
    fn fill_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        byte: u8,
    ) -> Result<(), CopyError<Infallible>> {
        let ptr = view.raw.as_ptr();
        if width.is_some() {
            // SAFETY: the view's bytes are accessible.
            return unsafe { device_copy::fill(ptr.cast(), width, byte, ptr.len()) };
        }
        // SAFETY: the view's bytes are accessible.
        unsafe { arch::fill(ptr.cast(), byte, ptr.len()) };
        Ok(())
    }
}
