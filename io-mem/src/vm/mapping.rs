//! An owner of mapped memory that may fault: anonymous memory, or a file that other processes may
//! truncate.

use core::{ffi::c_void, fmt, ptr};
use std::{io, os::fd::AsFd};

use rustix::{
    fs::{FileType, FsWord, PROC_SUPER_MAGIC, fstat, fstatfs},
    mm::{MapFlags, ProtFlags, mmap, mmap_anonymous, munmap},
    param::page_size,
};

use super::{
    HasVmReaderWriter, memory::Fallible, reader::VmReader, span::VmSpan, writer::VmWriter,
};
use crate::{Error, fault};

/// The file system of `resource0` and similar files: `linux/magic.h`.
const SYSFS_MAGIC: FsWord = 0x6265_6572;

/// Whole pages of the program's address space, which are unmapped when this value is dropped.
///
/// Cursors and accesses by offset ([`VmIo`](super::VmIo) and related traits) read and write its
/// bytes. They return errors if the memory is no longer accessible, and they are safe: other
/// processes may truncate and rewrite a file at any time.
///
/// ```
/// # if io_mem::fault::RecoveryTable::RECOVERS {
/// use io_mem::vm::{HasVmReaderWriter, Mapping, VmIo};
///
/// let memory = Mapping::anonymous(1)?;
/// memory.write_val(0, &[1_u8, 0, 0, 0, 12])?;
/// assert_eq!(memory.read_val(4), Ok(12_u8));
/// assert_eq!(memory.reader().read_val(), Ok([1_u8, 0]));
/// # }
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// A page is accessible if the file extends into it. The bytes from the end of the file to the end
/// of its last page are zeros and do not fault. If other processes may truncate the file, an access
/// without a fault is therefore not necessarily inside the file, so records need their own validity
/// mark.
///
/// The constructors call [`fault::install`], for the whole process and permanently. For programs
/// that must not or cannot do this, [`VmFile`](super::VmFile) reads and writes a file by the same
/// traits.
///
/// # Invariants
///
/// * `base` is the start of a mapping of `len` bytes, which are whole pages. The mapping exists
///   until the drop.
/// * The mapping is accessed only through cursors and views.
/// * Faults of these accesses are recovered from.
pub struct Mapping {
    base: *mut c_void,
    len: usize,
}

impl Mapping {
    /// Maps whole pages of zeros, at least `len` bytes, which are private to this process.
    ///
    /// # Errors
    ///
    /// * [`io::ErrorKind::InvalidInput`] with [`Error::Empty`] inside, if `len` is 0.
    /// * [`io::ErrorKind::InvalidInput`] with [`Error::NoMemory`] inside, if the next multiple of
    ///   the page size overflows.
    /// * The errors of [`fault::install`].
    /// * The error of the operating system, if it cannot map the memory.
    pub fn anonymous(len: usize) -> io::Result<Self> {
        Self::map(len, |len| {
            let flags = ProtFlags::READ | ProtFlags::WRITE;
            // SAFETY: a new mapping at an address that the kernel chooses does not affect existing
            // memory.
            unsafe { mmap_anonymous(ptr::null_mut(), len, flags, MapFlags::PRIVATE) }
        })
    }

    /// Maps at least `len` bytes of a file as whole pages from `offset` on, which must be a
    /// multiple of the page size. Stores change the file, and loads return what other processes
    /// write to it.
    ///
    /// The file may be shorter, at any time: accesses to pages after its end fault.
    ///
    /// # Errors
    ///
    /// * The errors of [`anonymous`](Self::anonymous).
    /// * [`io::ErrorKind::InvalidInput`] if `file` is not a regular file, or is a file of sysfs or
    ///   procfs. (For devices, use `MappedFile` in io-core.)
    ///
    /// ```
    /// # if io_mem::fault::RecoveryTable::RECOVERS {
    /// # use io_mem::{CopyError, fault::Fault, vm::{Mapping, VmIo}};
    /// # use rustix::{fs::{MemfdFlags, ftruncate, memfd_create}, param::page_size};
    /// # let file = std::fs::File::from(memfd_create("example", MemfdFlags::CLOEXEC)?);
    /// file.set_len(2 * page_size() as u64)?;
    /// let memory = Mapping::shared(&file, 0, 2 * page_size())?;
    /// let last = 2 * page_size() - 4;
    /// memory.write_val(last, &7_u32)?;
    /// // Other processes may do this at any time.
    /// file.set_len(page_size() as u64)?;
    /// let gone = CopyError::Io { error: Fault, done: 0 };
    /// assert_eq!(memory.read_val::<u32>(last), Err(gone));
    /// file.set_len(2 * page_size() as u64)?;
    /// assert_eq!(memory.read_val::<u32>(last), Ok(0));
    /// # }
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn shared(file: impl AsFd, offset: u64, len: usize) -> io::Result<Self> {
        Self::of_file(file, offset, len, ProtFlags::READ | ProtFlags::WRITE, MapFlags::SHARED)
    }

    /// [`shared`](Self::shared) for a file that was opened for reading. Stores fault.
    ///
    /// # Errors
    ///
    /// * The errors of [`shared`](Self::shared).
    pub fn read_only(file: impl AsFd, offset: u64, len: usize) -> io::Result<Self> {
        Self::of_file(file, offset, len, ProtFlags::READ, MapFlags::SHARED)
    }

    /// [`shared`](Self::shared), but stores are private to this process. A page that was stored to
    /// no longer changes with the file's contents, but it still faults if the file is truncated.
    ///
    /// # Errors
    ///
    /// * The errors of [`shared`](Self::shared).
    pub fn private(file: impl AsFd, offset: u64, len: usize) -> io::Result<Self> {
        Self::of_file(file, offset, len, ProtFlags::READ | ProtFlags::WRITE, MapFlags::PRIVATE)
    }

    fn of_file(
        file: impl AsFd,
        offset: u64,
        len: usize,
        access: ProtFlags,
        flags: MapFlags,
    ) -> io::Result<Self> {
        let file = file.as_fd();
        // Loads of device memory may have side effects, its accesses have specified widths, and a
        // device may store to any memory. The files of PCI devices in sysfs and procfs are reported
        // as regular files.
        let is_file = FileType::from_raw_mode(fstat(file)?.st_mode).is_file();
        if !is_file || [SYSFS_MAGIC, PROC_SUPER_MAGIC].contains(&fstatfs(file)?.f_type) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        Self::map(len, |len| {
            // SAFETY: a new mapping at an address that the kernel chooses does not affect existing
            // memory.
            unsafe { mmap(ptr::null_mut(), len, access, flags, file, offset) }
        })
    }

    fn map(
        len: usize,
        map: impl FnOnce(usize) -> rustix::io::Result<*mut c_void>,
    ) -> io::Result<Self> {
        let invalid = |error: Error| io::Error::new(io::ErrorKind::InvalidInput, error);
        if len == 0 {
            return Err(invalid(Error::Empty));
        }
        let align = page_size();
        let pages = len.checked_next_multiple_of(align);
        let len = pages.ok_or_else(|| invalid(Error::NoMemory { size: len, align }))?;
        fault::install()?;
        // INVARIANT: the memory was just mapped, no other pointer to it exists, and only the drop
        // unmaps it. The handler is installed permanently.
        Ok(Self { base: map(len)?, len })
    }

    /// The size in bytes, a multiple of the page size.
    #[inline]
    pub const fn size(&self) -> usize {
        self.len
    }

    /// Returns the memory for cursors, as a handle that can be copied.
    ///
    /// The span's address is guaranteed to be aligned to the page size, and its size to be
    /// [`size`](Self::size), a multiple of the page size.
    #[inline]
    pub const fn span(&self) -> VmSpan<'_, Fallible> {
        // SAFETY: by the invariants of `Mapping`, while it is borrowed:
        //
        // * These addresses stay reserved. If the file changes (for example, if another process
        //   truncates it during an access), the kernel removes pages, but never maps other memory
        //   of this program there: that would require an unmapping, which only the drop does.
        // * Therefore an access reaches a page of the mapping, or it faults: after the end of the
        //   file with `SIGBUS`, and at a store to read-only memory with `SIGSEGV`. Both are
        //   recovered from, because `fault::install` succeeded and only unsafe code could undo it.
        //   If a thread blocks these signals, the kernel ends the process, which is not undefined
        //   behaviour.
        // * No references to the memory exist: no constructor returns one, and other mappings
        //   of the same file must satisfy the requirements of their own constructors.
        // * Concurrent stores, in this program or another, are observed by single instructions of
        //   the processor. `install` succeeds only where `RecoveryTable` consists of such
        //   instructions, of which different widths may race.
        unsafe { VmSpan::fallible_with(self.base.cast(), self.len) }
    }
}

impl HasVmReaderWriter for Mapping {
    type Memory = Fallible;

    #[inline]
    fn reader(&self) -> VmReader<'_> {
        self.span().into()
    }

    #[inline]
    fn writer(&self) -> VmWriter<'_> {
        self.span().into()
    }
}

impl fmt::Debug for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mapping({:p}, {:#x} bytes)", self.base, self.len)
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: by the invariants, the memory is mapped. Cursors and views borrow `self`, so none
        // exists. If the call fails, the pages stay mapped and are not used again.
        let _ = unsafe { munmap(self.base, self.len) };
    }
}

// SAFETY: the mapping belongs to the process, not to a thread.
unsafe impl Send for Mapping {}
// SAFETY: shared accesses use cursors and views, whose accesses are instructions that may race.
unsafe impl Sync for Mapping {}
