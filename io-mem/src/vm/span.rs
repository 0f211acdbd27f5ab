//! Memory that any number of cursors read and write.

use core::fmt;

use zerocopy::{FromBytes, IntoBytes};

use super::{
    cursor::Rest,
    memory::{Fallible, Infallible, MemoryKind},
    object::HasVmReaderWriter,
    reader::VmReader,
    writer::VmWriter,
};
use crate::fault::FaultBackend;

/// Memory of the kind `K` that cursors read and write, also by offset ([`VmIo`](super::VmIo)).
///
/// ```
/// use io_mem::vm::{VmIo, VmSpan};
///
/// let mut words = [0_u32; 2];
/// let memory = VmSpan::from_slice(&mut words);
/// memory.write_val(3, &[1_u8, 2])?;
/// assert_eq!(memory.read_val(4), Ok(2_u8));
/// assert!(memory.write_bytes(7, &[0; 2]).is_err(), "the span has eight bytes");
/// # Ok::<(), io_mem::CopyError<io_mem::fault::Fault>>(())
/// ```
///
/// # Invariants
///
/// The invariants of [`VmReader`] and [`VmWriter`].
pub struct VmSpan<'a, K = Fallible>(pub(super) Rest<'a, K>);

impl<K> Clone for VmSpan<'_, K> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for VmSpan<'_, K> {}

impl<'a> VmSpan<'a, Infallible> {
    /// Creates a span of the bytes of values.
    #[inline(always)]
    pub fn from_slice<T: FromBytes + IntoBytes>(values: &'a mut [T]) -> Self {
        let bytes = values.as_mut_bytes();
        // INVARIANT: the values are borrowed exclusively for `'a`, and any bytes are valid values.
        Self(Rest::new(bytes.as_mut_ptr(), bytes.len()))
    }

    /// A span of memory that does not fault.
    ///
    /// # Safety
    ///
    /// For the duration of `'a`:
    ///
    /// * `ptr` must be valid for loads and stores of `len` initialised bytes, on every thread. If
    ///   `len` is 0, any pointer is valid.
    /// * These bytes must not be accessed through references.
    /// * These bytes must not be accessed by Rust atomics of another width than the accesses
    ///   through the span (copies: one byte).
    /// * Accesses of other Rust code to these bytes must not race with accesses through the span,
    ///   unless they are atomic.
    ///
    /// After `'a`, the bytes must be valid with any values.
    ///
    /// ```
    /// use io_mem::vm::{VmIo, VmSpan};
    ///
    /// let mut bytes = [0_u8; 4];
    /// // SAFETY: four initialised bytes, which are borrowed until the span is no longer used.
    /// let memory = unsafe { VmSpan::from_raw(bytes.as_mut_ptr(), 4) };
    /// memory.write_val(2, &[7_u8]).unwrap();
    /// assert_eq!(bytes, [0, 0, 7, 0]);
    /// ```
    #[inline(always)]
    pub const unsafe fn from_raw(ptr: *mut u8, len: usize) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self(Rest::new(ptr, len))
    }
}

impl<B: FaultBackend> VmSpan<'_, Fallible<B>> {
    /// Creates a span of memory that may fault, accessed through `B`.
    ///
    /// # Safety
    ///
    /// The requirements of [`VmReader::fallible_with`] and [`VmWriter::fallible_with`] must hold.
    #[inline(always)]
    pub const unsafe fn fallible_with(ptr: *mut u8, len: usize) -> Self {
        // INVARIANT: guaranteed by the caller.
        Self(Rest::new(ptr, len))
    }
}

impl<K: MemoryKind> VmSpan<'_, K> {
    /// The span's size in bytes.
    #[inline(always)]
    pub const fn size(self) -> usize {
        self.0.len
    }

    /// The address of the first byte. The pointer must not be dereferenced.
    ///
    /// It is the pointer that the span was created with. The requirements of the constructor hold
    /// for the `size` bytes from this address on, for the lifetime of the span.
    #[inline(always)]
    pub const fn as_ptr(self) -> *mut u8 {
        self.0.ptr
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
