//! Guest memory, shared with this process.

use core::ptr::{NonNull, null_mut};
use std::fs::File;
use std::sync::Mutex;

use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};

use crate::{Error, memfd};
use io_core::FreeList;

/// The granule of sizes: the largest page size of common hosts.
const GRANULE: usize = 64 << 10;
/// Below this size, q35 maps all RAM contiguously from address 0.
const MAX: usize = 2 << 30;
/// Below this address, a PC also has other things than RAM.
const FIRST_MIB: usize = 1 << 20;

/// The guest's RAM, mapped shared: offset `n` is guest-physical address `n`.
///
/// The devices of the machine read and write it from another process at any time. Its bytes must
/// therefore be accessed like device memory: by volatile or atomic accesses through raw pointers,
/// never through references.
///
/// As on a PC, addresses 0xA0000 to 0xFFFFF are not RAM on the bus; use addresses from 1 MiB on.
/// [`Qemu::dma`](crate::Qemu::dma) allocates blocks of them. The mapping lives as long as this
/// value, even after QEMU has ended.
#[derive(Debug)]
pub struct GuestRam {
    base: NonNull<u8>,
    len: usize,
    /// The bytes that [`GuestDma`](crate::GuestDma) has not handed out, from 1 MiB on.
    free: Mutex<FreeList>,
}

// SAFETY: the mapping belongs to the process, not to a thread, and is not moved before the drop.
unsafe impl Send for GuestRam {}
// SAFETY: a shared `GuestRam` only returns its address and length. Unsafe code that uses the
// pointer must ensure that its accesses are sound.
unsafe impl Sync for GuestRam {}

impl GuestRam {
    /// Creates zeroed memory; also returns the file from which QEMU maps it.
    pub(crate) fn new(len: usize) -> Result<(Self, File), Error> {
        if len == 0 || len > MAX || !len.is_multiple_of(GRANULE) {
            return Err(Error::RamSize { size: len });
        }
        let file = memfd::create_sealed("io-qtest-ram", len as u64)?;
        let access = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: this creates a new mapping at an address chosen by the kernel, which replaces no
        // other mapping.
        let base = unsafe { mmap(null_mut(), len, access, MapFlags::SHARED, &file, 0) }
            .map_err(Error::io("cannot map guest RAM"))?;
        let base = NonNull::new(base.cast()).expect("mmap returns a non-null pointer");
        let free = Mutex::new(FreeList::new(FIRST_MIB..len));
        Ok((Self { base, len, free }, file))
    }

    pub(crate) fn free(&self) -> &Mutex<FreeList> {
        &self.free
    }

    /// Returns the location of guest-physical address 0 in this process. The pointer is valid for
    /// reads and writes of [`len`](Self::len) bytes, and page-aligned.
    #[must_use]
    pub fn base(&self) -> NonNull<u8> {
        self.base
    }

    /// Returns the size in bytes; never 0.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.len
    }
}

impl Drop for GuestRam {
    fn drop(&mut self) {
        // SAFETY: `new` created this mapping, and it is unmapped only here. Unsafe code that keeps
        // a pointer to it must not use the pointer after the drop.
        let unmapped = unsafe { munmap(self.base.as_ptr().cast(), self.len) };
        debug_assert!(unmapped.is_ok(), "munmap of the guest RAM failed");
    }
}
