//! Memory that is read and written by any number of cursors.

use core::fmt;

use zerocopy::{FromBytes, IntoBytes};

use super::{
    cursor::Rest,
    memory::{Fallible, Infallible, MemoryKind},
    object::HasVmReaderWriter,
    reader::VmReader,
    writer::VmWriter,
};
use crate::{
    backend::{FaultMem, SysMem},
    fault::FaultBackend,
    io::Untyped,
};

/// Memory of the kind `K` that cursors read and write, also by offset ([`VmIo`](super::VmIo)).
///
/// The second door to what a [`SysMem`] or [`FaultMem`] view is of.
///
/// ```
/// use io_core::{SysMem, prelude::*, vm::{VmIo, VmIoOnce, VmSpan}};
///
/// let mut words = [[0_u8; 4]; 2];
/// let view = SysMem::from_mut_slice(words.as_flattened_mut());
/// let memory = VmSpan::from(view);
/// memory.write_val(3, &[1_u8, 2])?;
/// assert_eq!(memory.read_val(4), Ok(2_u8));
/// assert!(memory.write_bytes(7, &[0; 2]).is_err(), "there are eight bytes");
/// assert_eq!(io_read!(view, [panic: 3]), 1);
/// # Ok::<(), io_core::CopyError<io_core::fault::Fault>>(())
/// ```
///
/// # Invariants
///
/// Those of [`VmReader`] and of [`VmWriter`].
pub struct VmSpan<'a, K = Fallible>(pub(super) Rest<'a, K>);

impl<K> Clone for VmSpan<'_, K> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for VmSpan<'_, K> {}

impl<'a> VmSpan<'a, Infallible> {
    /// The bytes of values.
    #[inline(always)]
    pub fn from_slice<T: FromBytes + IntoBytes>(values: &'a mut [T]) -> Self {
        let bytes = values.as_mut_bytes();
        // INVARIANT: borrowed exclusively; any bytes are values.
        Self(Rest::new(bytes.as_mut_ptr(), bytes.len()))
    }
}

impl<'a, T: ?Sized + Untyped> From<SysMem<'a, T>> for VmSpan<'a, Infallible> {
    #[inline(always)]
    fn from(view: SysMem<'a, T>) -> Self {
        // INVARIANT: the view's; what is untyped may be any bytes.
        Self(Rest::new(view.as_ptr().cast(), T::size(view.as_ptr())))
    }
}

impl<'a> From<VmSpan<'a, Infallible>> for SysMem<'a, [u8]> {
    #[inline(always)]
    fn from(span: VmSpan<'a, Infallible>) -> Self {
        let bytes = core::ptr::slice_from_raw_parts_mut(span.0.ptr, span.0.len);
        // SAFETY: a span of memory that is there is made of such a view or of an exclusive borrow;
        // bytes need no alignment.
        unsafe { SysMem::new(bytes) }
    }
}

impl<'a, T: ?Sized + Untyped, B: FaultBackend> From<FaultMem<'a, T, B>>
    for VmSpan<'a, Fallible<B>>
{
    #[inline(always)]
    fn from(view: FaultMem<'a, T, B>) -> Self {
        // INVARIANT: the view's; what is untyped may be any bytes.
        Self(Rest::new(view.as_ptr().cast(), T::size(view.as_ptr())))
    }
}

/// A span's bytes by a view, which can be cast to a typed one.
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
/// // SAFETY: sixteen bytes which are there, and are accessed through the span alone.
/// let memory = unsafe { VmSpan::<Fallible>::fallible_with((&raw mut words).cast(), 16) };
/// memory.write_val(4, &[12_u8, 0, 0, 0])?;
/// assert_eq!(len(memory)?, 12);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
impl<'a, B: FaultBackend> From<VmSpan<'a, Fallible<B>>> for FaultMem<'a, [u8], B> {
    #[inline(always)]
    fn from(span: VmSpan<'a, Fallible<B>>) -> Self {
        let bytes = core::ptr::slice_from_raw_parts_mut(span.0.ptr, span.0.len);
        // SAFETY: the span's invariants; bytes need no alignment.
        unsafe { FaultMem::new(bytes) }
    }
}

impl<B: FaultBackend> VmSpan<'_, Fallible<B>> {
    /// Memory that may fault, accessed through `B`.
    ///
    /// # Safety
    ///
    /// Those of [`VmReader::fallible_with`] and [`VmWriter::fallible_with`].
    #[inline(always)]
    pub const unsafe fn fallible_with(ptr: *mut u8, len: usize) -> Self {
        // INVARIANT: the caller's promise.
        Self(Rest::new(ptr, len))
    }
}

impl<K: MemoryKind> VmSpan<'_, K> {
    /// Its size in bytes.
    #[inline(always)]
    pub const fn size(self) -> usize {
        self.0.len
    }
}

impl<K: MemoryKind> HasVmReaderWriter for VmSpan<'_, K> {
    type Memory = K;

    #[inline(always)]
    fn reader(&self) -> VmReader<'_, K> {
        (*self).into()
    }

    #[inline(always)]
    fn writer(&self) -> VmWriter<'_, K> {
        (*self).into()
    }
}

impl<K> fmt::Debug for VmSpan<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt("VmSpan", f)
    }
}
