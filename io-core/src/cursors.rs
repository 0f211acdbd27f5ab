//! Conversions between views and cursors, and views of pages and mappings.
//!
//! The conversions rely on the guarantees of [`VmSpan::as_ptr`], [`SharedPage::span`] and
//! [`Mapping::span`].

#[cfg(any(feature = "alloc", all(feature = "std", target_os = "linux")))]
use crate::io::{A16, Region};
#[cfg(all(feature = "std", target_os = "linux"))]
use crate::vm::Mapping;
#[cfg(feature = "alloc")]
use crate::{backend::SysMemBackend, io::IoBase, vm::SharedPage};
use crate::{
    backend::{FaultMem, SysMem},
    fault::FaultBackend,
    io::Untyped,
    vm::{Fallible, Infallible, VmReader, VmSpan, VmWriter},
};

/// The bytes of a view, for cursors and accesses by offset.
///
/// ```
/// use io_core::{SysMem, prelude::*, vm::{VmIo, VmSpan}};
///
/// let mut words = [[0_u8; 4]; 2];
/// let view = SysMem::from_mut_slice(words.as_flattened_mut());
/// VmSpan::from(view).write_val(3, &[1_u8, 2])?;
/// assert_eq!(io_read!(view, [panic: 3]), 1);
/// # Ok::<(), io_core::CopyError<io_core::fault::Fault>>(())
/// ```
impl<'a, T: ?Sized + Untyped> From<SysMem<'a, T>> for VmSpan<'a, Infallible> {
    #[inline(always)]
    fn from(view: SysMem<'a, T>) -> Self {
        let ptr = view.as_ptr();
        // SAFETY: by the view's invariants, the bytes are, for `'a`, valid on every thread,
        // initialised, and not accessed by reference. Untyped memory remains valid with any byte
        // values.
        unsafe { VmSpan::from_raw(ptr.cast(), T::size(ptr)) }
    }
}

/// The bytes of a span as a view, which can be cast to a typed view.
impl<'a> From<VmSpan<'a, Infallible>> for SysMem<'a, [u8]> {
    #[inline(always)]
    fn from(span: VmSpan<'a, Infallible>) -> Self {
        let bytes = core::ptr::slice_from_raw_parts_mut(span.as_ptr(), span.size());
        // SAFETY: by the requirements of `VmSpan::from_raw` and `from_slice`, the bytes are, for
        // `'a`, valid for loads and stores on every thread, initialised, and not accessed by
        // reference or by Rust atomics of another width; any values may be left in them. Bytes need
        // no alignment.
        unsafe { SysMem::new(bytes) }
    }
}

/// The bytes of a view, for cursors and accesses by offset.
impl<'a, T: ?Sized + Untyped, B: FaultBackend> From<FaultMem<'a, T, B>>
    for VmSpan<'a, Fallible<B>>
{
    #[inline(always)]
    fn from(view: FaultMem<'a, T, B>) -> Self {
        let ptr = view.as_ptr();
        // SAFETY: by the view's invariants, `B` may access the bytes for `'a`, and they are not
        // accessed by reference. Untyped memory remains valid with any byte values.
        unsafe { VmSpan::<Fallible<B>>::fallible_with(ptr.cast(), T::size(ptr)) }
    }
}

/// The bytes of a span as a view, which can be cast to a typed view.
///
/// ```
/// use io_core::{FaultMem, prelude::*, vm::{Fallible, VmIo, VmSpan}};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Header { kind: Le<u32>, len: Le<u32> }
///
/// fn len(memory: VmSpan<'_, Fallible>) -> Result<u32, Box<dyn core::error::Error>> {
///     let header = FaultMem::from(memory).try_cast::<Header>()?;
///     Ok(io_read!(header, .len)?)
/// }
///
/// let mut words = [0_u64; 2];
/// // SAFETY: sixteen valid bytes, which are accessed through the span alone.
/// let memory = unsafe { VmSpan::<Fallible>::fallible_with((&raw mut words).cast(), 16) };
/// memory.write_val(4, &[12_u8, 0, 0, 0])?;
/// assert_eq!(len(memory)?, 12);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
impl<'a, B: FaultBackend> From<VmSpan<'a, Fallible<B>>> for FaultMem<'a, [u8], B> {
    #[inline(always)]
    fn from(span: VmSpan<'a, Fallible<B>>) -> Self {
        let bytes = core::ptr::slice_from_raw_parts_mut(span.as_ptr(), span.size());
        // SAFETY: a view of bytes has the same requirements as the constructors of a span. Bytes
        // need no alignment.
        unsafe { FaultMem::new(bytes) }
    }
}

macro_rules! cursors_of_views {
    ($($Cursor:ident),+) => {$(
        impl<'a, T: ?Sized + Untyped> From<SysMem<'a, T>> for $Cursor<'a, Infallible> {
            #[inline(always)]
            fn from(view: SysMem<'a, T>) -> Self {
                VmSpan::from(view).into()
            }
        }

        impl<'a, T: ?Sized + Untyped, B: FaultBackend> From<FaultMem<'a, T, B>>
            for $Cursor<'a, Fallible<B>>
        {
            #[inline(always)]
            fn from(view: FaultMem<'a, T, B>) -> Self {
                VmSpan::from(view).into()
            }
        }
    )+};
}

cursors_of_views!(VmReader, VmWriter);

/// A shared page as a base of views: a [`Region`] of [`SIZE`](SharedPage::SIZE) bytes, accessed at
/// an offset ([`IoRegion`](crate::IoRegion)) or as a typed block ([`cast`](crate::Io::cast)).
///
/// ```
/// use io_core::{prelude::*, vm::SharedPage};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Ring { head: Le<u32>, tail: Le<u32> }
///
/// let page = SharedPage::new()?;
/// let ring = page.cast::<Ring>();
/// io_write!(ring, .tail, 7);
/// assert_eq!(page.try_read_at::<Le<u32>>(4), Ok(7));
/// # Ok::<(), io_core::Error>(())
/// ```
#[cfg(feature = "alloc")]
impl<'a> IoBase<'a> for &'a SharedPage {
    type Backend = SysMemBackend;
    type Target = Region<{ SharedPage::SIZE }, A16>;

    #[inline(always)]
    fn as_view(self) -> SysMem<'a, Self::Target> {
        let region = Region::ptr_from_raw_parts_mut(self.span().as_ptr(), SharedPage::SIZE);
        // SAFETY: a page is aligned to its size and has that size. It is initialised, valid while
        // it is borrowed, and never accessed by reference.
        unsafe { SysMem::new(region) }
    }
}

#[cfg(all(feature = "std", target_os = "linux"))]
impl<'a> FaultMem<'a, Region<0, A16>> {
    /// A view of the whole mapping, without `unsafe`.
    ///
    /// `&mapping` is not itself a base of views: `read_val` would be ambiguous, since cursors and
    /// accesses by offset also take `&mapping`.
    ///
    /// ```
    /// # if io_core::fault::RecoveryTable::RECOVERS {
    /// use io_core::{FaultMem, prelude::*, vm::{Mapping, VmIo}};
    ///
    /// #[derive(IoStruct)]
    /// #[repr(C)]
    /// struct Header { kind: Le<u32>, len: Le<u32> }
    ///
    /// let memory = Mapping::anonymous(1)?;
    /// let header = FaultMem::of(&memory).try_cast::<Header>()?;
    /// memory.write_val(0, &[1_u8, 0, 0, 0, 12])?;
    /// assert_eq!((io_read!(header, .kind)?, io_read!(header, .len)?), (1, 12));
    /// # }
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[inline]
    pub fn of(mapping: &'a Mapping) -> Self {
        let span = mapping.span();
        let region = Region::ptr_from_raw_parts_mut(span.as_ptr(), span.size());
        // SAFETY: a mapping consists of whole pages, so its address and size are multiples of 16.
        // The requirements of a span's constructor cover all other requirements of a view.
        unsafe { FaultMem::new(region) }
    }
}
