//! A file that is accessed by offset without a mapping: slower, but without a signal handler.

use std::os::fd::AsFd;

use rustix::io::{Errno, pread, pwrite};

use super::{io::VmIo, reader::VmReader, writer::VmWriter};
use crate::{
    CopyError,
    fault::{Fault, RecoveryTable},
};

/// The number of bytes that one system call copies.
const CHUNK: usize = 4096;

/// A file that is read and written by offset, by system calls.
///
/// It implements the same trait as [`Mapping`](super::Mapping), for programs that must not install
/// a signal handler. Reads after the end of the file report a fault, with an exact count of bytes;
/// writes there extend the file. Other errors of the system calls are reported as faults, too.
///
/// ```
/// # if cfg!(target_os = "linux") {
/// # use rustix::fs::{MemfdFlags, memfd_create};
/// use io_mem::{CopyError, fault::Fault, vm::{VmFile, VmIo}};
///
/// # let file = std::fs::File::from(memfd_create("example", MemfdFlags::CLOEXEC)?);
/// let memory = VmFile::new(&file);
/// memory.write_val(2, &[1_u8, 2, 3])?;
/// assert_eq!(memory.read_val(1), Ok([0_u8, 1, 2]));
/// let mut bytes = [0; 4];
/// assert_eq!(memory.read_bytes(3, &mut bytes), Err(CopyError::Io { error: Fault, done: 2 }));
/// assert_eq!(bytes, [2, 3, 0, 0]);
/// # }
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct VmFile<F>(F);

impl<F: AsFd> VmFile<F> {
    /// Creates an object that accesses the bytes of `file`.
    pub const fn new(file: F) -> Self {
        Self(file)
    }
}

/// Returns the number of bytes that a system call has done, and repeats calls that a signal
/// interrupts. If no byte was done, this is a fault.
fn count(mut call: impl FnMut() -> Result<usize, Errno>) -> Result<usize, CopyError<Fault>> {
    loop {
        match call() {
            Err(Errno::INTR) => {}
            Ok(0) | Err(_) => return Err(CopyError::Io { error: Fault, done: 0 }),
            Ok(count) => return Ok(count),
        }
    }
}

/// Performs `len` bytes from `offset` on, in parts. `part` takes an offset in the file and returns
/// the number of bytes it has done.
fn parts(
    offset: usize,
    len: usize,
    mut part: impl FnMut(u64) -> Result<usize, CopyError<Fault>>,
) -> Result<(), CopyError<Fault>> {
    let mut done = 0;
    while done < len {
        // No file is long enough for the sum to wrap; the system call rejects the saturated offset.
        let at = (offset as u64).saturating_add(done as u64);
        done += part(at).map_err(|error| error.after(done))?;
    }
    Ok(())
}

impl<F: AsFd> VmIo for VmFile<F> {
    type Backend = RecoveryTable;

    fn read(&self, offset: usize, writer: &mut VmWriter<'_>) -> Result<(), CopyError<Fault>> {
        let mut chunk = [0; CHUNK];
        parts(offset, writer.avail(), |at| {
            let len = writer.avail().min(CHUNK);
            let loaded = count(|| pread(&self.0, &mut chunk[..len], at))?;
            writer.write_fallible(&mut VmReader::from(&chunk[..loaded]))
        })
    }

    fn write(&self, offset: usize, reader: &mut VmReader<'_>) -> Result<(), CopyError<Fault>> {
        let mut chunk = [0; CHUNK];
        parts(offset, reader.remain(), |at| {
            // The caller's cursor moves by the number of bytes that have reached the file. Bytes
            // before a fault are written first; the next iteration faults at the same byte and has
            // nothing to write.
            let mut to = VmWriter::from(&mut chunk[..]);
            let loaded = reader.clone().read_fallible(&mut to);
            let loaded = loaded.unwrap_or_else(|error| error.done());
            let stored = count(|| pwrite(&self.0, &chunk[..loaded], at))?;
            reader.skip(stored);
            Ok(stored)
        })
    }
}
