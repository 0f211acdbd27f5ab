//! Memory of the processor's own that others may write at the same time.

use core::{convert::Infallible, marker::PhantomData};

use io_mem::arch::{self, Word};

use super::{direct_backend, view};
use crate::{
    io::{CopyError, IoCapable, IoCopyable, KnownSize, check_width},
    value::{IoLayout, Width},
};

/// System memory, shared with devices, other processors or other programs.
///
/// Single accesses are one relaxed load or store of their width; copies are
/// byte-wise atomic. Order is explicit: [`Io::dma_wmb`](crate::Io::dma_wmb) and kin.
///
/// # Invariants
///
/// While `'a` lasts, the pointer is aligned and valid for atomic loads and
/// stores of all its bytes, and nobody accesses them by reference.
pub struct SysMem<'a, T: ?Sized + KnownSize> {
    ptr: *mut T,
    marker: PhantomData<&'a ()>,
}

impl<'a, T: ?Sized + KnownSize> SysMem<'a, T> {
    /// A view of memory.
    ///
    /// # Safety
    ///
    /// While `'a` lasts:
    ///
    /// * `ptr` is aligned to `T::MIN_ALIGN`, its metadata is right for `T`, and
    ///   it is valid for loads and stores of `size` initialised bytes;
    /// * nobody accesses these bytes except through views, as a device, or by
    ///   Rust atomics of the same width.
    ///
    /// Afterwards, any bytes may be there that were written through views.
    #[inline(always)]
    pub const unsafe fn new(ptr: *mut T) -> Self {
        // INVARIANT: the caller's promise.
        Self { ptr, marker: PhantomData }
    }

    /// The pointer.
    #[inline(always)]
    pub const fn as_ptr(self) -> *mut T {
        self.ptr
    }
}

impl<'a, T: IoLayout> SysMem<'a, T> {
    /// A view of memory that is borrowed exclusively: no promise is needed.
    ///
    /// Does not compile if there is an enum in `T`: whoever else has the view may
    /// leave bits there that are none of its values. `Narrow<Mode, u8>` can stand in
    /// its place, and bytes can be cast.
    #[inline]
    pub const fn from_mut(memory: &'a mut T) -> Self {
        const { check_borrowed::<T>() };
        // INVARIANT: the exclusive borrow lasts `'a`; as just checked every byte is
        // initialised, and every bit pattern that is left behind is a `T`.
        Self { ptr: memory, marker: PhantomData }
    }
}

impl<'a, T: IoLayout> SysMem<'a, [T]> {
    /// A view of a slice that is borrowed exclusively: no promise is needed.
    ///
    /// As with [`from_mut`](Self::from_mut), there is no enum in a `T`.
    #[inline]
    pub const fn from_mut_slice(memory: &'a mut [T]) -> Self {
        const { check_borrowed::<T>() };
        // INVARIANT: the exclusive borrow lasts `'a`; as just checked every byte is
        // initialised, and every bit pattern that is left behind is a `T`.
        Self { ptr: memory, marker: PhantomData }
    }
}

/// Checks that every bit pattern is a `T`, and evaluates a generic struct's layout.
const fn check_borrowed<T: IoLayout>() {
    let _ = T::LAYOUT;
    assert!(
        T::ANY_BITS,
        "a borrowed value may be left with any bits, which an enum in it must not have: \
         declare the field as `Narrow<Mode, u8>`, or cast a view of bytes"
    );
}

// SAFETY: a view is to its place what `&T` is; every access of it is atomic.
unsafe impl<T: ?Sized + KnownSize + Sync> Send for SysMem<'_, T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + KnownSize + Sync> Sync for SysMem<'_, T> {}

/// The backend of [`SysMem`].
#[derive(Debug)]
pub enum SysMemBackend {}

view!(SysMem, SysMemBackend);

direct_backend!(Memory SysMemBackend, SysMem, |view| view.ptr, |ptr| SysMem { ptr, marker: PhantomData });

#[diagnostic::do_not_recommend]
impl<W: Word> IoCapable<W> for SysMemBackend {
    #[inline(always)]
    fn io_read<'a>(view: Self::View<'a, W>) -> Result<W, Infallible> {
        // SAFETY: by the view's invariants aligned and valid.
        Ok(unsafe { W::load(view.ptr) })
    }

    #[inline(always)]
    fn io_write<'a>(view: Self::View<'a, W>, value: W) -> Result<(), Infallible> {
        // SAFETY: by the view's invariants aligned and valid.
        unsafe { W::store(view.ptr, value) };
        Ok(())
    }
}

/// Memory takes any width; a width asked for must fit all the same, so that a
/// driver meets the same errors here as on the device.
#[inline(always)]
fn check(width: Option<Width>, ptr: *mut [u8]) -> Result<(), CopyError<Infallible>> {
    match width {
        Some(width) => check_width(width, ptr.addr(), ptr.len()),
        None => Ok(()),
    }
}

// SAFETY: the copies touch exactly the view's bytes.
unsafe impl IoCopyable for SysMemBackend {
    #[inline(always)]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<Infallible>> {
        check(width, view.ptr)?;
        // SAFETY: the view's bytes are valid by its invariants, the buffer for
        // as many by contract.
        unsafe { arch::copy_from(buffer, view.ptr.cast(), view.ptr.len()) };
        Ok(())
    }

    #[inline(always)]
    unsafe fn copy_to_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *const u8,
    ) -> Result<(), CopyError<Infallible>> {
        check(width, view.ptr)?;
        // SAFETY: the view's bytes are valid by its invariants, the buffer for
        // as many by contract.
        unsafe { arch::copy_to(view.ptr.cast(), buffer, view.ptr.len()) };
        Ok(())
    }

    #[inline(always)]
    fn fill_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        byte: u8,
    ) -> Result<(), CopyError<Infallible>> {
        check(width, view.ptr)?;
        // SAFETY: the view's bytes are valid by its invariants.
        unsafe { arch::fill(view.ptr.cast(), byte, view.ptr.len()) };
        Ok(())
    }
}
