//! An owner of mapped memory that may fault: anonymous, or a file's that anybody may truncate.

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

/// The file system of `resource0` and its like: `linux/magic.h`.
const SYSFS_MAGIC: FsWord = 0x6265_6572;

/// Whole pages of the program's address space, which are unmapped at the end.
///
/// Cursors and accesses by offset ([`VmIo`](super::VmIo) and kin) read and write its bytes. They
/// give errors where the memory is gone, and they are safe: a file may be truncated and rewritten
/// by others at any time.
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
/// A page is there as long as the file reaches into it: the bytes behind a file's end, up to the end
/// of its last page, are zeros and no fault. So where others truncate, *no fault* does not say *inside
/// the file*: records have a mark of their own.
///
/// A constructor calls [`fault::install`], for the whole process and for good. Where that is not
/// wanted, or not possible, [`VmFile`](super::VmFile) reads and writes a file by the same traits.
///
/// # Invariants
///
/// `base` is the start of a mapping of `len` bytes, whole pages, that lives until the drop and is
/// accessed through cursors and views only; faults there are recovered from.
pub struct Mapping {
    base: *mut c_void,
    len: usize,
}

impl Mapping {
    /// Pages of zeros, at least `len` bytes, which are this process' own.
    ///
    /// # Errors
    ///
    /// What mapping and [`fault::install`] say; [`io::ErrorKind::InvalidInput`] with an [`Error`]
    /// inside if `len` is 0 or has no multiple of the page size behind it.
    pub fn anonymous(len: usize) -> io::Result<Self> {
        Self::map(len, |len| {
            let flags = ProtFlags::READ | ProtFlags::WRITE;
            // SAFETY: a new mapping at an address that the system chooses touches nothing that
            // exists.
            unsafe { mmap_anonymous(ptr::null_mut(), len, flags, MapFlags::PRIVATE) }
        })
    }

    /// At least `len` bytes of a file, whole pages from `offset` on, which is a multiple of the page
    /// size. What is stored is in the file, and what others write there is loaded.
    ///
    /// The file need not be so long, now or ever: what is not there faults.
    ///
    /// # Errors
    ///
    /// As [`anonymous`](Self::anonymous); [`io::ErrorKind::InvalidInput`] also if it is no regular
    /// file, or one of sysfs or procfs (for devices there is `MappedFile` in io-core).
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
    /// // Anybody may do so, at any time.
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

    /// [`shared`](Self::shared), of a file that was opened for reading. Stores fault.
    ///
    /// # Errors
    ///
    /// As [`shared`](Self::shared).
    pub fn read_only(file: impl AsFd, offset: u64, len: usize) -> io::Result<Self> {
        Self::of_file(file, offset, len, ProtFlags::READ, MapFlags::SHARED)
    }

    /// [`shared`](Self::shared), but what is stored is for this process alone. A page that was stored
    /// to is cut off from the file's contents, but not from its end.
    ///
    /// # Errors
    ///
    /// As [`shared`](Self::shared).
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
        // Loads of a device's memory may have effects, its accesses have their widths, and it may
        // store to any memory. What a PCI device has in sysfs and procfs says that it is regular.
        let is_file = FileType::from_raw_mode(fstat(file)?.st_mode).is_file();
        if !is_file || [SYSFS_MAGIC, PROC_SUPER_MAGIC].contains(&fstatfs(file)?.f_type) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        Self::map(len, |len| {
            // SAFETY: a new mapping at an address that the system chooses touches nothing that
            // exists.
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
        // INVARIANT: just mapped, and known to nobody; unmapped by the drop only. The handler is
        // installed, for good.
        Ok(Self { base: map(len)?, len })
    }

    /// Its size in bytes: whole pages.
    #[inline]
    pub const fn size(&self) -> usize {
        self.len
    }

    /// The memory for cursors, as a handle that can be copied.
    ///
    /// Guaranteed: the span's address is aligned to the page size, and its size is
    /// [`size`](Self::size), a multiple of the page size.
    #[inline]
    pub const fn span(&self) -> VmSpan<'_, Fallible> {
        // SAFETY: by the invariants of `Mapping`, while it is borrowed:
        // * These addresses stay reserved. Whatever becomes of the file, be it truncated by another
        //   process in the middle of an access, the kernel takes away pages, and never puts
        //   anything else of this program's there: that takes an unmapping, which is the drop's.
        // * So an access finds the mapping's page, or it faults: behind the file's end with
        //   `SIGBUS`, at a store to what can only be read with `SIGSEGV`. Both are recovered from,
        //   since `fault::install` succeeded and only unsafe code could undo it; where a thread
        //   blocks these signals the kernel ends the process, which is no undefined behaviour.
        // * Nobody has references: no constructor gives one, and others that map the same file
        //   promise to their own constructors what they have to.
        // * What others store meanwhile, in this program or another, is seen by single instructions
        //   of the processor. `install` succeeds only where `RecoveryTable` consists of such, of
        //   which different widths may race.
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
        // SAFETY: by the invariants mapped; cursors and views borrow `self`, so none is left. If it
        // fails, the pages stay and nobody knows them.
        let _ = unsafe { munmap(self.base, self.len) };
    }
}

// SAFETY: the mapping belongs to the process, not to a thread.
unsafe impl Send for Mapping {}
// SAFETY: shared use goes through cursors and views, whose accesses are instructions that may race.
unsafe impl Sync for Mapping {}
