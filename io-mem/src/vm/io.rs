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

/// An object whose bytes are read and written by offset: all that was asked for, or an error.
///
/// Whatever has cursors ([`HasVmReaderWriter`](super::HasVmReaderWriter)) has this. Others implement
/// the two copies:
///
/// ```
/// use io_mem::{CopyError, fault::{Fault, RecoveryTable}, vm::{VmIo, VmReader, VmWriter}};
///
/// /// Reads as zeros, takes nothing.
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
    /// What accesses the memory that is copied to and from.
    type Backend: FaultBackend;

    /// Fills what is left of `writer` with the bytes from `offset` on.
    ///
    /// # Errors
    ///
    /// [`CopyError::OutOfRange`] if the object has not so many: nothing is copied. [`CopyError::Io`]
    /// with the number of bytes before a fault, by which the cursor has moved.
    fn read(
        &self,
        offset: usize,
        writer: &mut VmWriter<'_, Fallible<Self::Backend>>,
    ) -> Result<(), CopyError<Fault>>;

    /// Copies what is left of `reader` to `offset`.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    fn write(
        &self,
        offset: usize,
        reader: &mut VmReader<'_, Fallible<Self::Backend>>,
    ) -> Result<(), CopyError<Fault>>;

    /// Fills `bytes` with those from `offset` on.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    #[inline(always)]
    fn read_bytes(&self, offset: usize, bytes: &mut [u8]) -> Result<(), CopyError<Fault>> {
        self.read(offset, &mut VmWriter::from(bytes).to_fallible_with())
    }

    /// Copies `bytes` to `offset`.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    #[inline(always)]
    fn write_bytes(&self, offset: usize, bytes: &[u8]) -> Result<(), CopyError<Fault>> {
        self.write(offset, &mut VmReader::from(bytes).to_fallible_with())
    }

    /// The value at `offset`, at any alignment.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    #[inline(always)]
    fn read_val<T: Pod>(&self, offset: usize) -> Result<T, CopyError<Fault>>
    where
        Self: Sized,
    {
        // Zeros, since nobody has to believe what `read` says to have filled.
        let mut value = T::new_zeroed();
        self.read_bytes(offset, value.as_mut_bytes())?;
        Ok(value)
    }

    /// Writes a value to `offset`, at any alignment.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    #[inline(always)]
    fn write_val<T: Pod>(&self, offset: usize, value: &T) -> Result<(), CopyError<Fault>>
    where
        Self: Sized,
    {
        self.write_bytes(offset, value.as_bytes())
    }

    /// Fills `values` with those from `offset` on.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
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
    /// As [`read`](Self::read).
    #[inline(always)]
    fn write_slice<T: Pod>(&self, offset: usize, values: &[T]) -> Result<(), CopyError<Fault>>
    where
        Self: Sized,
    {
        self.write_bytes(offset, values.as_bytes())
    }
}

/// An object whose bytes are cleared by offset.
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
    /// [`done`](CopyError::done) zeros were written before it. Objects with cursors write none if
    /// they have not so many bytes.
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
    /// What its memory is, which decides about widths and errors.
    type Memory: MemoryKind;

    /// The value at `offset`, by one load.
    ///
    /// # Errors
    ///
    /// Out of range, misaligned (the size does not divide the address), or the fault.
    fn read_once<T: PodOnce>(&self, offset: usize) -> Result<T, PlaceErrorOf<Self::Memory>>
    where
        Self::Memory: WordAccess<T::Word>;

    /// Writes a value to `offset`, by one store.
    ///
    /// # Errors
    ///
    /// As [`read_once`](Self::read_once).
    fn write_once<T: PodOnce>(
        &self,
        offset: usize,
        value: &T,
    ) -> Result<(), PlaceErrorOf<Self::Memory>>
    where
        Self::Memory: WordAccess<T::Word>;
}
