//! An owner of device memory: a mapped file, such as a PCI device's `resource0`.

use core::{ffi::c_void, fmt, marker::PhantomData, ptr};
use std::{fs::OpenOptions, io, path::Path};

use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};

use super::{Mmio, MmioBackend, MmioRaw};
use crate::io::{Error, IoBase, KnownSize};

/// Device registers mapped from a file. `&mapped` is accepted wherever a view is.
///
/// ```no_run
/// use io_core::{MappedFile, prelude::*};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Edu { id: Ro<Le<u32>>, liveness: Le<u32> }
///
/// # fn main() -> std::io::Result<()> {
/// // SAFETY: the device is unbound from kernel drivers, and this is its only user.
/// let edu = unsafe { MappedFile::<Edu>::open("/sys/bus/pci/devices/0000:00:04.0/resource0") }?;
/// println!("{:#010x}", io_read!(&edu, .id));
/// # Ok(())
/// # }
/// ```
///
/// # Invariants
///
/// `base` is the start of a shared mapping of `len` bytes, at least `size_of::<T>()`, that exists
/// until the value is dropped.
#[doc(alias("mmap", "resource0", "uio"))]
pub struct MappedFile<T> {
    base: *mut c_void,
    len: usize,
    marker: PhantomData<fn() -> T>,
}

impl<T> MappedFile<T> {
    /// Maps the start of the file at `path`, shared, for reading and writing.
    ///
    /// # Errors
    ///
    /// * The error of the operating system, if the file cannot be opened or mapped.
    /// * [`io::ErrorKind::InvalidInput`] with [`Error::OutOfRange`] inside, if the file is smaller
    ///   than `T`.
    /// * [`io::ErrorKind::InvalidInput`] with [`Error::Empty`] inside, if the size of `T` is 0.
    /// * [`io::ErrorKind::InvalidInput`] with [`Error::Misaligned`] inside, if `T` requires a
    ///   larger alignment than the mapping has.
    ///
    /// # Safety
    ///
    /// While the value exists:
    ///
    /// * No other code in this program may access the mapped bytes through references.
    /// * If the file is a regular file, it must not be truncated: an access beyond its end is a
    ///   fatal signal.
    /// * If the file is a device that can write to memory, this program must not make it write to
    ///   memory other than DMA memory.
    pub unsafe fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let invalid = |error: Error| io::Error::new(io::ErrorKind::InvalidInput, error);
        let (len, align) = (size_of::<T>(), align_of::<T>());
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        let limit = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
        if len > limit {
            return Err(invalid(Error::OutOfRange { offset: 0, size: len, limit }));
        }
        if len == 0 {
            return Err(invalid(Error::Empty));
        }
        let flags = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: a new mapping at an address chosen by the system does not affect existing memory.
        let base = unsafe { mmap(ptr::null_mut(), len, flags, MapFlags::SHARED, &file, 0) }?;
        // INVARIANT: the mapping has just been created, and only the drop unmaps it.
        let mapped = Self { base, len, marker: PhantomData };
        if !base.addr().is_multiple_of(align) {
            return Err(invalid(Error::Misaligned { address: base.addr(), align }));
        }
        Ok(mapped)
    }
}

impl<T> fmt::Debug for MappedFile<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MappedFile({:p}, {:#x} bytes)", self.base, self.len)
    }
}

impl<T> Drop for MappedFile<T> {
    fn drop(&mut self) {
        // SAFETY: by the invariants, the range is mapped. Views borrow `self`, so none exists.
        // `munmap` of an existing mapping does not fail.
        let _ = unsafe { munmap(self.base, self.len) };
    }
}

// SAFETY: the mapping belongs to the process, not to a thread.
unsafe impl<T> Send for MappedFile<T> {}
// SAFETY: shared access goes through views, whose accesses are atomic.
unsafe impl<T> Sync for MappedFile<T> {}

impl<'a, T: KnownSize> IoBase<'a> for &'a MappedFile<T> {
    type Backend = MmioBackend;
    type Target = T;

    #[inline]
    fn as_view(self) -> Mmio<'a, T> {
        // SAFETY: by the invariants, the range is mapped and aligned while `self` is borrowed. The
        // caller of `open` guarantees that no other code accesses it through references.
        unsafe { Mmio::from_raw(MmioRaw::from_ptr(self.base.cast())) }
    }
}
