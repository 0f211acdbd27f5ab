//! Memory objects that are read and written by offset.

use zerocopy::IntoBytes;

use super::{
    access::WordAccess,
    memory::{Fallible, MemoryKind, PlaceErrorOf},
    pod::{Pod, PodOnce},
    reader::VmReader,
    writer::VmWriter,
};
use crate::{
    CopyError,
    fault::{Fault, FaultBackend},
};

/// An object whose bytes are read and written by offset. Each call transfers all requested bytes or
/// returns an error.
///
/// Implemented for all objects that have cursors ([`HasVmReaderWriter`](super::HasVmReaderWriter)).
/// Other objects implement the two copies:
///
/// ```
/// use io_mem::{CopyError, fault::{Fault, RecoveryTable}, vm::{VmIo, VmReader, VmWriter}};
///
/// /// An object that reads as zeros and rejects writes.
/// struct Zeros;
///
/// impl VmIo for Zeros {
///     type Backend = RecoveryTable;
///
///     fn read(&self, _offset: usize, writer: &mut VmWriter<'_>) -> Result<(), CopyError<Fault>> {
///         writer.fill_zeros(writer.avail()).map(|_| ())
///     }
///
///     fn write(&self, offset: usize, reader: &mut VmReader<'_>) -> Result<(), CopyError<Fault>> {
///         Err(CopyError::OutOfRange { offset, size: reader.remain(), limit: 0 })
///     }
/// }
///
/// assert_eq!(Zeros.read_val::<u32>(0x1000), Ok(0));
/// assert!(Zeros.write_val(0, &1_u32).is_err());
/// ```
pub trait VmIo {
    /// The backend that accesses the caller's memory.
    type Backend: FaultBackend;

    /// Fills the rest of `writer` with the bytes from `offset` on.
    ///
    /// # Errors
    ///
    /// * [`CopyError::OutOfRange`] if the object has fewer bytes from `offset` on. Nothing was
    ///   copied.
    /// * [`CopyError::Io`] if an access faulted, with the number of bytes copied before it. The
    ///   cursor has moved by this number.
    fn read(
        &self,
        offset: usize,
        writer: &mut VmWriter<'_, Fallible<Self::Backend>>,
    ) -> Result<(), CopyError<Fault>>;

    /// Copies the rest of `reader` to `offset`.
    ///
    /// # Errors
    ///
    /// * The errors of [`read`](Self::read).
    fn write(
        &self,
        offset: usize,
        reader: &mut VmReader<'_, Fallible<Self::Backend>>,
    ) -> Result<(), CopyError<Fault>>;

    /// Fills `bytes` with the bytes from `offset` on.
    ///
    /// # Errors
    ///
    /// * The errors of [`read`](Self::read).
    #[inline(always)]
    fn read_bytes(&self, offset: usize, bytes: &mut [u8]) -> Result<(), CopyError<Fault>> {
        self.read(offset, &mut VmWriter::from(bytes).to_fallible_with())
    }

    /// Copies `bytes` to `offset`.
    ///
    /// # Errors
    ///
    /// * The errors of [`read`](Self::read).
    #[inline(always)]
    fn write_bytes(&self, offset: usize, bytes: &[u8]) -> Result<(), CopyError<Fault>> {
        self.write(offset, &mut VmReader::from(bytes).to_fallible_with())
    }

    /// Reads the value at `offset`, at any alignment.
    ///
    /// # Errors
    ///
    /// * The errors of [`read`](Self::read).
    #[inline(always)]
    fn read_val<T: Pod>(&self, offset: usize) -> Result<T, CopyError<Fault>>
    where
        Self: Sized,
    {
        // The value is initialised with zeros, so that it is valid even if `read` returns `Ok`
        // without filling it.
        let mut value = T::new_zeroed();
        self.read_bytes(offset, value.as_mut_bytes())?;
        Ok(value)
    }

    /// Writes a value to `offset`, at any alignment.
    ///
    /// # Errors
    ///
    /// * The errors of [`read`](Self::read).
    #[inline(always)]
    fn write_val<T: Pod>(&self, offset: usize, value: &T) -> Result<(), CopyError<Fault>>
    where
        Self: Sized,
    {
        self.write_bytes(offset, value.as_bytes())
    }

    /// Fills `values` with the values from `offset` on.
    ///
    /// # Errors
    ///
    /// * The errors of [`read`](Self::read).
    #[inline(always)]
    fn read_slice<T: Pod>(&self, offset: usize, values: &mut [T]) -> Result<(), CopyError<Fault>>
    where
        Self: Sized,
    {
        self.read_bytes(offset, values.as_mut_bytes())
    }

    /// Copies `values` to `offset`.
    ///
    /// # Errors
    ///
    /// * The errors of [`read`](Self::read).
    #[inline(always)]
    fn write_slice<T: Pod>(&self, offset: usize, values: &[T]) -> Result<(), CopyError<Fault>>
    where
        Self: Sized,
    {
        self.write_bytes(offset, values.as_bytes())
    }
}

/// An object whose bytes can be filled with zeros by offset.
///
/// ```
/// use io_mem::vm::{VmIoFill, VmSpan};
///
/// let mut bytes = [1_u8; 4];
/// VmSpan::from_slice(&mut bytes).fill_zeros(1, 2)?;
/// assert_eq!(bytes, [1, 0, 0, 1]);
/// # Ok::<(), io_mem::CopyError<io_mem::fault::Fault>>(())
/// ```
pub trait VmIoFill {
    /// Writes `len` zeros to `offset`.
    ///
    /// # Errors
    ///
    /// * [`CopyError::OutOfRange`] if the object has fewer than `len` bytes from `offset` on.
    ///   Objects with cursors have then written no zeros.
    /// * [`CopyError::Io`] if an access faulted, with the number of zeros written before it.
    #[doc(alias = "clear_user")]
    fn fill_zeros(&self, offset: usize, len: usize) -> Result<(), CopyError<Fault>>;
}

/// An object with single accesses by offset.
///
/// ```
/// use io_mem::{Error, vm::{VmIoOnce, VmSpan}};
///
/// let mut words = [0_u32; 2];
/// let memory = VmSpan::from_slice(&mut words);
/// memory.write_once(4, &7_u32)?;
/// assert_eq!(memory.read_once(4), Ok(7_u32));
/// assert_eq!(
///     memory.read_once::<u32>(8),
///     Err(Error::OutOfRange { offset: 8, size: 4, limit: 8 }),
/// );
/// # Ok::<(), Error>(())
/// ```
pub trait VmIoOnce {
    /// The kind of the object's memory, which determines the supported widths and the error type.
    type Memory: MemoryKind;

    /// Reads the value at `offset` by one load.
    ///
    /// # Errors
    ///
    /// [`PlaceErrorOf`] is [`Error`](crate::Error), or [`AccessError`](crate::AccessError) if the
    /// memory may fault:
    ///
    /// * [`Error::OutOfRange`](crate::Error::OutOfRange) if the value is not inside the object.
    /// * [`Error::Misaligned`](crate::Error::Misaligned) if the address is not a multiple of the
    ///   size of the value.
    /// * [`Fault`] if the access faulted.
    #[doc(alias = "READ_ONCE")]
    fn read_once<T: PodOnce>(&self, offset: usize) -> Result<T, PlaceErrorOf<Self::Memory>>
    where
        Self::Memory: WordAccess<T::Word>;

    /// Writes a value to `offset`, by one store.
    ///
    /// # Errors
    ///
    /// * The errors of [`read_once`](Self::read_once).
    #[doc(alias = "WRITE_ONCE")]
    fn write_once<T: PodOnce>(
        &self,
        offset: usize,
        value: &T,
    ) -> Result<(), PlaceErrorOf<Self::Memory>>
    where
        Self::Memory: WordAccess<T::Word>;
}
