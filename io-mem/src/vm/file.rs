//! A file by offset, without a mapping: slower, and without a handler of signals.

use std::os::fd::AsFd;

use rustix::io::{Errno, pread, pwrite};

use super::{io::VmIo, reader::VmReader, writer::VmWriter};
use crate::{
    CopyError,
    fault::{Fault, RecoveryTable},
};

/// Bytes that are copied by one system call.
const CHUNK: usize = 4096;

/// A file that is read and written by offset, by system calls.
///
/// What a [`Mapping`](super::Mapping) does for those who must not install a handler of faults, by
/// the same trait. What is behind the file's end is a fault, here to the byte; a write there makes
/// the file longer. Other errors of the system are a fault, too.
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
    /// The bytes of a file.
    pub const fn new(file: F) -> Self {
        Self(file)
    }
}

/// The bytes that a system call has done, once no signal interrupts it; none is a fault.
fn count(mut call: impl FnMut() -> Result<usize, Errno>) -> Result<usize, CopyError<Fault>> {
    loop {
        match call() {
            Err(Errno::INTR) => {}
            Ok(0) | Err(_) => return Err(CopyError::Io { error: Fault, done: 0 }),
            Ok(count) => return Ok(count),
        }
    }
}

/// Does `len` bytes from `offset` on, a part at a time: `part` gets the file's offset, and gives how
/// many it has done.
fn parts(
    offset: usize,
    len: usize,
    mut part: impl FnMut(u64) -> Result<usize, CopyError<Fault>>,
) -> Result<(), CopyError<Fault>> {
    let mut done = 0;
    while done < len {
        // No file is so long that the sum wraps; the system refuses what it gives.
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
            // The cursor itself moves by what has reached the file. What is before a fault is written
            // first; then the fault is met again, and there is nothing to write.
            let mut to = VmWriter::from(&mut chunk[..]);
            let loaded = reader.clone().read_fallible(&mut to);
            let loaded = loaded.unwrap_or_else(|error| error.done());
            let stored = count(|| pwrite(&self.0, &chunk[..loaded], at))?;
            reader.skip(stored);
            Ok(stored)
        })
    }
}
