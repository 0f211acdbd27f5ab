//! Pages, some of which fault.

use core::{ffi::c_void, ptr};

use io_core::fault::{self, FaultBackend, RecoveryTable};
use rustix::{
    mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect, munmap},
    param::page_size,
};

/// What may be done with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Nothing,
    Loads,
    Everything,
}

/// Adjacent pages with each its own access.
pub(crate) struct Pages {
    base: *mut c_void,
    count: usize,
}

impl Pages {
    /// Pages of zeros; the handler is installed.
    pub(crate) fn new(accesses: &[Access]) -> Self {
        fault::install().expect("a handler of faults");
        let flags = ProtFlags::READ | ProtFlags::WRITE;
        let count = accesses.len();
        // SAFETY: a new mapping at an address that the system chooses.
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
        // SAFETY: a page of this mapping, which nobody has references to.
        unsafe { mprotect(self.page(page).cast(), page_size(), flags) }.expect("another access");
    }

    /// The start of a page, or the end of the page before.
    pub(crate) fn page(&self, page: usize) -> *mut u8 {
        assert!(page <= self.count, "page {page} of {}", self.count);
        self.base.cast::<u8>().wrapping_add(page * page_size())
    }

    /// Sets `len` bytes before the start of `page`.
    pub(crate) fn set_before(&self, page: usize, bytes: &[u8]) {
        let to = self.page(page).wrapping_sub(bytes.len());
        // SAFETY: pages of this mapping, which nobody has references to.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len()) };
    }

    /// Bytes of pages that can be loaded.
    pub(crate) fn bytes(&self, from: *const u8, len: usize) -> &[u8] {
        // SAFETY: pages of this mapping; the borrow ends before anything is stored there.
        unsafe { core::slice::from_raw_parts(from, len) }
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        // SAFETY: this mapping, which nobody has references to.
        unsafe { munmap(self.base, self.count * page_size()) }.expect("no more pages");
    }
}

/// Bytes none of which is like its neighbours, nor [`UNTOUCHED`].
pub(crate) fn pattern(len: usize) -> Vec<u8> {
    (0..len).map(|i| (i % 199) as u8).collect()
}

/// What stands where nothing was copied to.
pub(crate) const UNTOUCHED: u8 = 0xee;

/// A copy that may fault.
pub(crate) fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
    // SAFETY: memory of the tests, which faults or is theirs; the handler is installed.
    unsafe { RecoveryTable::copy(dst, src, len) }
}

/// A fill that may fault.
pub(crate) fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
    // SAFETY: memory of the tests, which faults or is theirs; the handler is installed.
    unsafe { RecoveryTable::fill(dst, byte, len) }
}
