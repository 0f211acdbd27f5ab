//! Pages, some of which fault.

use core::{ffi::c_void, ptr};

use io_core::fault::{self, FaultBackend, RecoveryTable};
use rustix::{
    mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect, munmap},
    param::page_size,
};

/// The accesses that a page permits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Nothing,
    Loads,
    Everything,
}

/// Adjacent pages, each with its own access rights.
pub(crate) struct Pages {
    base: *mut c_void,
    count: usize,
}

impl Pages {
    /// Creates pages of zeros. The handler is installed.
    pub(crate) fn new(accesses: &[Access]) -> Self {
        fault::install().expect("the handler is installed");
        let flags = ProtFlags::READ | ProtFlags::WRITE;
        let count = accesses.len();
        // SAFETY: a new mapping at an address that the kernel chooses does not affect existing
        // memory.
        let base = unsafe {
            mmap_anonymous(ptr::null_mut(), count * page_size(), flags, MapFlags::PRIVATE)
        };
        let pages = Self { base: base.expect("pages"), count };
        for (page, access) in accesses.iter().enumerate() {
            pages.allow(page, *access);
        }
        pages
    }

    pub(crate) fn allow(&self, page: usize, access: Access) {
        let flags = match access {
            Access::Nothing => MprotectFlags::empty(),
            Access::Loads => MprotectFlags::READ,
            Access::Everything => MprotectFlags::READ | MprotectFlags::WRITE,
        };
        // SAFETY: the page is in this mapping, and no references to it exist.
        unsafe { mprotect(self.page(page).cast(), page_size(), flags) }.expect("another access");
    }

    /// Returns the start of a page, which is also the end of the previous page.
    pub(crate) fn page(&self, page: usize) -> *mut u8 {
        assert!(page <= self.count, "page {page} of {}", self.count);
        self.base.cast::<u8>().wrapping_add(page * page_size())
    }

    /// Stores `bytes` before the start of `page`.
    pub(crate) fn set_before(&self, page: usize, bytes: &[u8]) {
        let to = self.page(page).wrapping_sub(bytes.len());
        // SAFETY: the pages are in this mapping, and no references to them exist.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len()) };
    }

    /// Returns bytes of pages that can be loaded.
    pub(crate) fn bytes(&self, from: *const u8, len: usize) -> &[u8] {
        // SAFETY: the pages are in this mapping; the borrow ends before anything is stored to them.
        unsafe { core::slice::from_raw_parts(from, len) }
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        // SAFETY: this mapping exists, and no references to it exist.
        unsafe { munmap(self.base, self.count * page_size()) }.expect("no more pages");
    }
}

/// Returns bytes that differ from their neighbours and from [`UNTOUCHED`].
pub(crate) fn pattern(len: usize) -> Vec<u8> {
    (0..len).map(|i| (i % 199) as u8).collect()
}

/// The value of bytes to which nothing was copied.
pub(crate) const UNTOUCHED: u8 = 0xee;

/// Copies memory that may fault.
pub(crate) fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
    // SAFETY: the memory belongs to the test or faults, and the handler is installed.
    unsafe { RecoveryTable::copy(dst, src, len) }
}

/// Fills memory that may fault.
pub(crate) fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
    // SAFETY: the memory belongs to the test or faults, and the handler is installed.
    unsafe { RecoveryTable::fill(dst, byte, len) }
}
