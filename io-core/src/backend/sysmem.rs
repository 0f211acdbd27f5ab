//! System memory that devices, processors or programs may write concurrently.

use core::{convert::Infallible, marker::PhantomData};

use io_mem::arch::{self, Word};

use super::{direct_backend, view};
use crate::{
    io::{CopyError, IoCapable, IoCopyable, KnownSize, Medium, check_width},
    value::{IoLayout, Width},
};

/// A view of system memory that is shared with devices, other processors or other programs.
///
/// Single accesses are one relaxed load or store of their width: 8, 16 or 32 bits, and 64 bits
/// where pointers have 64 bits. Copies are byte-wise atomic. Ordering is explicit:
/// [`Io::dma_wmb`](crate::Io::dma_wmb) and the other barriers.
///
/// Source: Linux `READ_ONCE` and `WRITE_ONCE`; RFC 3301 for the copies.
///
/// ```
/// use io_core::prelude::*;
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Ring { head: Le<u32>, tail: Le<u32> }
///
/// let mut memory = Ring { head: 0.into(), tail: 0.into() };
/// let ring = SysMem::from_mut(&mut memory);
/// io_write!(ring, .tail, 3);
/// assert_eq!(io_read!(ring, .tail).wrapping_sub(io_read!(ring, .head)), 3);
/// ```
///
/// # Invariants
///
/// For the duration of `'a`, the pointer is aligned and valid for atomic loads and stores of all
/// its bytes, on every thread, and these bytes are not accessed through references.
#[doc(alias("READ_ONCE", "WRITE_ONCE", "volatile"))]
pub struct SysMem<'a, T: ?Sized + KnownSize> {
    ptr: *mut T,
    marker: PhantomData<&'a ()>,
}

impl<'a, T: ?Sized + KnownSize> SysMem<'a, T> {
    /// A view of memory.
    ///
    /// # Safety
    ///
    /// For the duration of `'a`:
    ///
    /// * `ptr` must be aligned to `T::MIN_ALIGN`, and its metadata must be correct for `T`.
    /// * `ptr` must be valid for loads and stores of [`T::size(ptr)`](KnownSize::size) initialised
    ///   bytes, on every thread.
    /// * These bytes must be accessed only through views and cursors, by devices, or by Rust
    ///   atomics of the width of these accesses.
    ///
    /// After `'a`, the bytes must be valid with any values that were written through views.
    #[inline(always)]
    pub const unsafe fn new(ptr: *mut T) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self { ptr, marker: PhantomData }
    }

    /// Returns the pointer.
    #[inline(always)]
    pub const fn as_ptr(self) -> *mut T {
        self.ptr
    }
}

impl<'a, T: IoLayout> SysMem<'a, T> {
    /// A view of memory that is borrowed exclusively, without `unsafe`.
    ///
    /// Does not compile if `T` contains an enum: other code with a copy of the view could store
    /// bits that are not a value of the enum. Use `Le<Mode>` instead of the enum, or cast a view of
    /// bytes.
    #[inline]
    pub const fn from_mut(memory: &'a mut T) -> Self {
        const { check_borrowed::<T>() };
        // INVARIANT: the exclusive borrow lasts for `'a`. As just checked, every byte is
        // initialised, and every bit pattern that is stored is a valid `T`.
        Self { ptr: memory, marker: PhantomData }
    }
}

impl<'a, T: IoLayout> SysMem<'a, [T]> {
    /// A view of a slice that is borrowed exclusively, without `unsafe`.
    ///
    /// As for [`from_mut`](Self::from_mut), `T` must not contain an enum.
    #[inline]
    pub const fn from_mut_slice(memory: &'a mut [T]) -> Self {
        const { check_borrowed::<T>() };
        // INVARIANT: the exclusive borrow lasts for `'a`. As just checked, every byte is
        // initialised, and every bit pattern that is stored is a valid `T`.
        Self { ptr: memory, marker: PhantomData }
    }
}

/// Checks that every bit pattern is a valid `T`, and evaluates the layout checks of a generic
/// struct.
const fn check_borrowed<T: IoLayout>() {
    let _ = T::LAYOUT;
    assert!(
        T::ANY_BITS,
        "any bits can be stored through the view, but not all are valid for the borrowed value: \
         declare an enum's field as `Le<Mode>`, or cast a view of bytes; for a remote union or a \
         struct with an opaque field, use the `unsafe` constructor `new`"
    );
}

// SAFETY: a view is to its bytes what `&T` is to a `T`, and every access through it is atomic.
unsafe impl<T: ?Sized + KnownSize + Sync> Send for SysMem<'_, T> {}
// SAFETY: as above.
unsafe impl<T: ?Sized + KnownSize + Sync> Sync for SysMem<'_, T> {}

/// The backend of [`SysMem`].
#[derive(Debug)]
pub enum SysMemBackend {}

view!(SysMem, SysMemBackend);

direct_backend! {
    Memory SysMemBackend, SysMem, |view| view.ptr, |ptr| SysMem { ptr, marker: PhantomData },
    |view| SysMemBackend view
}

#[diagnostic::do_not_recommend]
impl<W: Word> IoCapable<W> for SysMemBackend {
    #[inline(always)]
    fn io_read<'a>(view: Self::View<'a, W>) -> Result<W, Infallible> {
        // SAFETY: by the view's invariants, the pointer is aligned and valid.
        Ok(unsafe { W::load(view.ptr) })
    }

    #[inline(always)]
    fn io_write<'a>(view: Self::View<'a, W>, value: W) -> Result<(), Infallible> {
        // SAFETY: by the view's invariants, the pointer is aligned and valid.
        unsafe { W::store(view.ptr, value) };
        Ok(())
    }
}

/// Checks that a requested width fits, although memory takes accesses of any width, so that a
/// driver gets the same errors here as on the device.
#[inline(always)]
fn check(width: Option<Width>, ptr: *mut [u8]) -> Result<(), CopyError<Infallible>> {
    match width {
        Some(width) => check_width(width, ptr.addr(), ptr.len()),
        None => Ok(()),
    }
}

// SAFETY: the copies access exactly the view's bytes.
unsafe impl IoCopyable for SysMemBackend {
    const MEDIUM: Medium = Medium::Memory;

    #[inline(always)]
    unsafe fn copy_from_io<'a>(
        view: Self::View<'a, [u8]>,
        width: Option<Width>,
        buffer: *mut u8,
    ) -> Result<(), CopyError<Infallible>> {
        check(width, view.ptr)?;
        // SAFETY: the view's bytes are valid by its invariants. The caller guarantees that the
        // buffer is valid for that many and does not overlap them.
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
        // SAFETY: the view's bytes are valid by its invariants. The caller guarantees that the
        // buffer is valid for that many and does not overlap them.
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
