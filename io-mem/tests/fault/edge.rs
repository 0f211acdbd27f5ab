//! Memory of two pages, the second of which can be lost and comes back.

use core::{ptr, slice};

use io_core::fault;
use rustix::{
    fd::OwnedFd,
    fs::{MemfdFlags, ftruncate, memfd_create},
    mm::{MapFlags, MprotectFlags, ProtFlags, mmap, mmap_anonymous, mprotect, munmap},
    param::page_size,
};

use crate::memory::UNTOUCHED;

/// How the second page is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// It can be neither loaded nor stored to.
    Access,
    /// It cannot be stored to.
    Stores,
    /// It is a file's, which is truncated; what comes back are zeros.
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
    /// Both pages are there; `len` bytes behind the edge are [`untouched`](Self::untouched). The
    /// handler is installed.
    pub(crate) fn new(loss: Loss, len: usize) -> Self {
        fault::install().expect("a handler of faults");
        let (size, access) = (2 * page_size(), ProtFlags::READ | ProtFlags::WRITE);
        let file = (loss == Loss::File).then(|| {
            let file = memfd_create("edge", MemfdFlags::CLOEXEC).expect("a file");
            ftruncate(&file, size as u64).expect("a longer file");
            file
        });
        let start = match &file {
            // SAFETY: a new mapping at an address that the system chooses.
            Some(file) => unsafe { mmap(ptr::null_mut(), size, access, MapFlags::SHARED, file, 0) },
            // SAFETY: as above.
            None => unsafe { mmap_anonymous(ptr::null_mut(), size, access, MapFlags::PRIVATE) },
        };
        let edge = Self { start: start.expect("two pages").cast(), loss, file };
        edge.put_behind(&vec![edge.untouched(); len]);
        edge
    }

    /// What stands behind the edge where nothing was stored.
    pub(crate) fn untouched(&self) -> u8 {
        if self.loss == Loss::File { 0 } else { UNTOUCHED }
    }

    /// So many bytes before the edge; before none is the edge itself.
    pub(crate) fn before(&self, count: usize) -> *mut u8 {
        self.start.wrapping_add(page_size() - count)
    }

    /// Puts bytes before the edge.
    pub(crate) fn put_before(&self, bytes: &[u8]) {
        // SAFETY: the first page, to which there are no references.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), self.before(bytes.len()), bytes.len()) };
    }

    /// Puts bytes behind the edge, where the page is not lost.
    pub(crate) fn put_behind(&self, bytes: &[u8]) {
        // SAFETY: the second page, to which there are no references.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), self.before(0), bytes.len()) };
    }

    /// Bytes of pages that can be loaded.
    pub(crate) fn bytes(&self, from: *const u8, len: usize) -> &[u8] {
        // SAFETY: pages of this mapping; the borrow ends before anything is stored there.
        unsafe { slice::from_raw_parts(from, len) }
    }

    /// Takes the second page away.
    pub(crate) fn lose(&self) {
        match self.loss {
            Loss::Access => self.protect(MprotectFlags::empty()),
            Loss::Stores => self.protect(MprotectFlags::READ),
            Loss::File => self.truncate(1),
        }
    }

    /// Gives the second page back, with these bytes at its start.
    pub(crate) fn give_back(&self, bytes: &[u8]) {
        match self.loss {
            Loss::Access | Loss::Stores => {
                self.protect(MprotectFlags::READ | MprotectFlags::WRITE);
            }
            Loss::File => self.truncate(2),
        }
        self.put_behind(bytes);
    }

    fn protect(&self, access: MprotectFlags) {
        // SAFETY: a page of this mapping, to which nobody has references.
        unsafe { mprotect(self.before(0).cast(), page_size(), access) }.expect("another access");
    }

    fn truncate(&self, pages: usize) {
        let file = self.file.as_ref().expect("a file");
        ftruncate(file, (pages * page_size()) as u64).expect("another length");
    }
}

impl Drop for Edge {
    fn drop(&mut self) {
        // SAFETY: this mapping, to which nobody has references.
        unsafe { munmap(self.start.cast(), 2 * page_size()) }.expect("no more pages");
    }
}
