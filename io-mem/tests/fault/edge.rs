//! Memory of two pages, the second of which can become inaccessible and accessible again.

use core::{ptr, slice};

use io_core::fault;
use rustix::{
    fd::OwnedFd,
    fs::{MemfdFlags, ftruncate, memfd_create},
    mm::{MapFlags, MprotectFlags, ProtFlags, mmap, mmap_anonymous, mprotect, munmap},
    param::page_size,
};

use crate::memory::UNTOUCHED;

/// The way in which the second page becomes inaccessible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// Loads and stores fault.
    Access,
    /// Stores fault.
    Stores,
    /// The page is part of a file, which is truncated. When it is accessible again, it contains
    /// zeros.
    File,
}

/// Two pages of one mapping.
#[derive(Debug)]
pub(crate) struct Edge {
    start: *mut u8,
    loss: Loss,
    file: Option<OwnedFd>,
}

impl Edge {
    /// Creates two accessible pages. The first `len` bytes after the edge contain
    /// [`untouched`](Self::untouched). The handler is installed.
    pub(crate) fn new(loss: Loss, len: usize) -> Self {
        fault::install().expect("the handler is installed");
        let (size, access) = (2 * page_size(), ProtFlags::READ | ProtFlags::WRITE);
        let file = (loss == Loss::File).then(|| {
            let file = memfd_create("edge", MemfdFlags::CLOEXEC).expect("a file");
            ftruncate(&file, size as u64).expect("a longer file");
            file
        });
        let start = match &file {
            // SAFETY: a new mapping at an address that the kernel chooses does not affect existing
            // memory.
            Some(file) => unsafe { mmap(ptr::null_mut(), size, access, MapFlags::SHARED, file, 0) },
            // SAFETY: as above.
            None => unsafe { mmap_anonymous(ptr::null_mut(), size, access, MapFlags::PRIVATE) },
        };
        let edge = Self { start: start.expect("two pages").cast(), loss, file };
        edge.put_after(&vec![edge.untouched(); len]);
        edge
    }

    /// Returns the value of the bytes after the edge to which nothing was stored.
    pub(crate) fn untouched(&self) -> u8 {
        if self.loss == Loss::File { 0 } else { UNTOUCHED }
    }

    /// Returns the address `count` bytes before the edge. For 0, this is the edge.
    pub(crate) fn before(&self, count: usize) -> *mut u8 {
        self.start.wrapping_add(page_size() - count)
    }

    /// Stores `bytes` before the edge.
    pub(crate) fn put_before(&self, bytes: &[u8]) {
        // SAFETY: the first page is accessible, and no references to it exist.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), self.before(bytes.len()), bytes.len()) };
    }

    /// Stores `bytes` after the edge. The second page must be accessible.
    pub(crate) fn put_after(&self, bytes: &[u8]) {
        // SAFETY: the second page is accessible, and no references to it exist.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), self.before(0), bytes.len()) };
    }

    /// Returns bytes of pages that can be loaded.
    pub(crate) fn bytes(&self, from: *const u8, len: usize) -> &[u8] {
        // SAFETY: the pages are in this mapping; the borrow ends before anything is stored to them.
        unsafe { slice::from_raw_parts(from, len) }
    }

    /// Makes the second page inaccessible.
    pub(crate) fn lose(&self) {
        match self.loss {
            Loss::Access => self.protect(MprotectFlags::empty()),
            Loss::Stores => self.protect(MprotectFlags::READ),
            Loss::File => self.truncate(1),
        }
    }

    /// Makes the second page accessible, and stores `bytes` at its start.
    pub(crate) fn give_back(&self, bytes: &[u8]) {
        match self.loss {
            Loss::Access | Loss::Stores => {
                self.protect(MprotectFlags::READ | MprotectFlags::WRITE);
            }
            Loss::File => self.truncate(2),
        }
        self.put_after(bytes);
    }

    fn protect(&self, access: MprotectFlags) {
        // SAFETY: the page is in this mapping, and no references to it exist.
        unsafe { mprotect(self.before(0).cast(), page_size(), access) }.expect("another access");
    }

    fn truncate(&self, pages: usize) {
        let file = self.file.as_ref().expect("a file");
        ftruncate(file, (pages * page_size()) as u64).expect("another length");
    }
}

impl Drop for Edge {
    fn drop(&mut self) {
        // SAFETY: this mapping exists, and no references to it exist.
        unsafe { munmap(self.start.cast(), 2 * page_size()) }.expect("no more pages");
    }
}
