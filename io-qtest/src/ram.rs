//! Guest memory, shared with this process.

use core::ptr::{NonNull, null_mut};
use std::fs::File;
use std::sync::Mutex;

use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};

use crate::{Error, memfd};
use io_core::FreeList;

/// Granule of sizes: the largest page size of usual hosts.
const GRANULE: usize = 64 << 10;
/// Below this, q35 keeps all RAM in one piece from address 0.
const MAX: usize = 2 << 30;
/// Below this, a PC has other things than RAM, too.
const FIRST_MIB: usize = 1 << 20;

/// The guest's RAM, mapped shared: offset `n` is guest-physical address `n`.
///
/// The devices of the machine read and write it from another process at any
/// time, so its bytes must be accessed as device memory is: through raw
/// pointers with volatile or atomic accesses, never through references.
///
/// Like on a PC, addresses 0xA0000 to 0xFFFFF aren't RAM on the bus; use
/// addresses from 1 MiB on. [`Qemu::dma`](crate::Qemu::dma) hands them out in
/// pieces. The mapping lives as long as this value, also when QEMU is gone.
#[derive(Debug)]
pub struct GuestRam {
    base: NonNull<u8>,
    len: usize,
    /// What [`GuestDma`](crate::GuestDma) hasn't handed out, from 1 MiB on.
    free: Mutex<FreeList>,
}

// SAFETY: the mapping belongs to the process, not to a thread, and stays where
// it is until the drop.
unsafe impl Send for GuestRam {}
// SAFETY: a shared `GuestRam` only hands out its address and length; what is
// done through the pointer is on the author of that unsafe code.
unsafe impl Sync for GuestRam {}

impl GuestRam {
    /// New zeroed memory, and the file that QEMU maps it from.
    pub(crate) fn new(len: usize) -> Result<(Self, File), Error> {
        if len == 0 || len > MAX || !len.is_multiple_of(GRANULE) {
            return Err(Error::RamSize { size: len });
        }
        let file = memfd::create_sealed("io-qtest-ram", len as u64)?;
        let access = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: a new mapping, at an address of the kernel's choice.
        let base = unsafe { mmap(null_mut(), len, access, MapFlags::SHARED, &file, 0) }
            .map_err(Error::io("cannot map guest RAM"))?;
        let base = NonNull::new(base.cast()).expect("mmap returns no null pointer unasked");
        let free = Mutex::new(FreeList::new(FIRST_MIB..len));
        Ok((Self { base, len, free }, file))
    }

    pub(crate) fn free(&self) -> &Mutex<FreeList> {
        &self.free
    }

    /// Where guest-physical address 0 is in this process. Valid for reads and
    /// writes of [`len`](Self::len) bytes, aligned to a page.
    #[must_use]
    pub fn base(&self) -> NonNull<u8> {
        self.base
    }

    /// Size in bytes; never 0.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.len
    }
}

impl Drop for GuestRam {
    fn drop(&mut self) {
        // SAFETY: `new` made this mapping, and it ends here once. Whoever kept
        // a pointer answers for not using it any more.
        let unmapped = unsafe { munmap(self.base.as_ptr().cast(), self.len) };
        debug_assert!(unmapped.is_ok(), "munmap of our own mapping");
    }
}
