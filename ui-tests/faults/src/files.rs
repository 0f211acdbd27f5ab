//! Truncated mapped files (`SIGBUS`), accessed by cursors and by offset. Compiled into this
//! library.

use std::{fs::File, io};

use io_core::{
    CopyError,
    fault::Fault,
    vm::{HasVmReaderWriter, Mapping, VmIo, VmWriter},
};
use rustix::{
    fs::{MemfdFlags, memfd_create},
    param::page_size,
};

use crate::{
    difference::{Case, Difference},
    memory::{UNTOUCHED, pattern},
};

/// The largest length; all lengths up to it are checked.
const LONGEST: usize = 300;

/// A mapped file of two pages.
#[derive(Debug)]
pub struct Mapped {
    file: File,
    memory: Mapping,
}

impl Mapped {
    /// Creates an unnamed file and maps it.
    ///
    /// # Errors
    ///
    /// Returns the error of the system.
    pub fn new() -> io::Result<Self> {
        let file = File::from(memfd_create("faults", MemfdFlags::CLOEXEC)?);
        let mapped = Self { memory: Mapping::shared(&file, 0, 2 * page_size())?, file };
        mapped.cut(2)?;
        Ok(mapped)
    }

    /// Sets the length of the file, in pages.
    fn cut(&self, pages: usize) -> io::Result<()> {
        self.file.set_len((pages * page_size()) as u64)
    }

    /// Reads and writes at the end of a truncated file, then restores its length.
    ///
    /// # Errors
    ///
    /// Returns the first [`Difference`], or the error of the system.
    pub fn check(&self) -> Result<usize, Box<dyn core::error::Error>> {
        let bytes = pattern(LONGEST);
        let mut faults = 0;
        for first in 0..LONGEST {
            let at = page_size() - first;
            self.memory.write_bytes(at, &bytes)?;
            self.cut(1)?;
            faults += self.behind_the_end(at, first, &bytes)?;
            self.cut(2)?;
            self.after_the_return(at, &bytes)?;
        }
        Ok(faults)
    }

    /// Checks that each byte before the end is copied, in every way of copying, and none after it.
    fn behind_the_end(&self, at: usize, first: usize, bytes: &[u8]) -> Result<usize, Difference> {
        let case = |what| Case { what, len: LONGEST, first };
        let error = CopyError::Io { error: Fault, done: first };

        let by_cursor = case("cursor over a truncated file");
        let mut to = [UNTOUCHED; LONGEST];
        let mut reader = self.memory.reader();
        let read = reader.skip(at).read_fallible(&mut VmWriter::from(&mut to[..]));
        by_cursor.same(read, Err(error))?;
        by_cursor.same(reader.remain(), page_size())?;
        by_cursor.same_bytes(&to[..first], &bytes[..first])?;
        by_cursor.same_bytes(&to[first..], &[UNTOUCHED; LONGEST][first..])?;

        case("write to a truncated file").same(self.memory.write_bytes(at, bytes), Err(error))?;
        let mut writer = self.memory.writer();
        case("zeros to a truncated file").same(writer.skip(at).fill_zeros(LONGEST), Err(error))?;
        Ok(3)
    }

    /// Checks that the rest of the file and the restored part are zeros.
    fn after_the_return(&self, at: usize, bytes: &[u8]) -> Result<(), Difference> {
        let case = Case { what: "file that is extended again", len: LONGEST, first: LONGEST };
        let mut to = [UNTOUCHED; LONGEST];
        case.same(self.memory.read_bytes(at, &mut to), Ok(()))?;
        case.same_bytes(&to, &[0; LONGEST])?;
        case.same(self.memory.write_bytes(at, bytes), Ok(()))?;
        case.same(self.memory.read_bytes(at, &mut to), Ok(()))?;
        case.same_bytes(&to, bytes)
    }
}
