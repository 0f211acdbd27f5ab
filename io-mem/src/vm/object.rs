//! Objects that have cursors, and the traits that are implemented for them.

use super::{
    access::WordAccess,
    cursor::Rest,
    io::{VmIo, VmIoFill, VmIoOnce},
    memory::{Fallible, MemoryKind, PlaceErrorOf},
    pod::{PodOnce, SameSize},
    reader::VmReader,
    writer::VmWriter,
};
use crate::{CopyError, Error, ErrorMode, fault::Fault};

/// An object whose memory is contiguous, and exists while the object is borrowed.
///
/// Such objects implement [`VmIo`], [`VmIoFill`] and [`VmIoOnce`].
///
/// ```
/// use io_mem::vm::{HasVmReaderWriter, Infallible, SharedPage, VmIo, VmReader, VmWriter};
///
/// struct Frame(SharedPage);
///
/// impl HasVmReaderWriter for Frame {
///     type Memory = Infallible;
///
///     fn reader(&self) -> VmReader<'_, Infallible> {
///         self.0.span().into()
///     }
///
///     fn writer(&self) -> VmWriter<'_, Infallible> {
///         self.0.span().into()
///     }
/// }
///
/// let frame = Frame(SharedPage::new()?);
/// frame.write_val(0xffe, &7_u16).unwrap();
/// assert_eq!(frame.read_val(0xffe), Ok(7_u16));
/// assert!(frame.read_val::<u16>(0xfff).is_err());
/// # Ok::<(), io_mem::Error>(())
/// ```
pub trait HasVmReaderWriter {
    /// The kind of the memory.
    type Memory: MemoryKind;

    /// Returns a cursor that reads all of the object's memory.
    fn reader(&self) -> VmReader<'_, Self::Memory>;

    /// Returns a cursor that writes all of the object's memory.
    fn writer(&self) -> VmWriter<'_, Self::Memory>;
}

/// Moves `rest` to `offset`, if at least `size` bytes are left there.
#[inline(always)]
fn go_to<K>(rest: &mut Rest<'_, K>, offset: usize, size: usize) -> Result<(), Error> {
    rest.check(offset, size)?;
    rest.advance(offset);
    Ok(())
}

/// Calls [`go_to`] for a copy or fill of all `size` bytes.
#[inline(always)]
fn go_to_all<K>(
    rest: &mut Rest<'_, K>,
    offset: usize,
    size: usize,
) -> Result<(), CopyError<Fault>> {
    let limit = rest.len;
    go_to(rest, offset, size).map_err(|_| CopyError::OutOfRange { offset, size, limit })
}

impl<O: HasVmReaderWriter> VmIo for O {
    type Backend = <O::Memory as MemoryKind>::Backend;

    #[inline(always)]
    fn read(
        &self,
        offset: usize,
        writer: &mut VmWriter<'_, Fallible<Self::Backend>>,
    ) -> Result<(), CopyError<Fault>> {
        let mut reader = self.reader().widen();
        go_to_all(&mut reader.0, offset, writer.avail())?;
        reader.read_fallible(writer).map(|_| ())
    }

    #[inline(always)]
    fn write(
        &self,
        offset: usize,
        reader: &mut VmReader<'_, Fallible<Self::Backend>>,
    ) -> Result<(), CopyError<Fault>> {
        let mut writer = self.writer().widen();
        go_to_all(&mut writer.0, offset, reader.remain())?;
        writer.write_fallible(reader).map(|_| ())
    }
}

impl<O: HasVmReaderWriter> VmIoFill for O {
    #[inline(always)]
    fn fill_zeros(&self, offset: usize, len: usize) -> Result<(), CopyError<Fault>> {
        let mut writer = self.writer().widen();
        go_to_all(&mut writer.0, offset, len)?;
        writer.fill_zeros(len).map(|_| ())
    }
}

impl<O: HasVmReaderWriter> VmIoOnce for O {
    type Memory = O::Memory;

    #[inline(always)]
    fn read_once<T: PodOnce>(&self, offset: usize) -> Result<T, PlaceErrorOf<Self::Memory>>
    where
        Self::Memory: WordAccess<T::Word>,
    {
        let () = SameSize::<T>::CHECK;
        let mut reader = self.reader();
        go_to(&mut reader.0, offset, size_of::<T>())
            .map_err(<O::Memory as MemoryKind>::Fail::place_error)?;
        reader.read_once()
    }

    #[inline(always)]
    fn write_once<T: PodOnce>(
        &self,
        offset: usize,
        value: &T,
    ) -> Result<(), PlaceErrorOf<Self::Memory>>
    where
        Self::Memory: WordAccess<T::Word>,
    {
        let () = SameSize::<T>::CHECK;
        let mut writer = self.writer();
        go_to(&mut writer.0, offset, size_of::<T>())
            .map_err(<O::Memory as MemoryKind>::Fail::place_error)?;
        writer.write_once(value)
    }
}
