//! A page that is shared with a party that is not trusted.

use alloc::alloc::{alloc_zeroed, dealloc};
use core::{alloc::Layout, fmt, ptr::NonNull};

use crate::{
    backend::{SysMem, SysMemBackend},
    io::{A16, Error, IoBase, Region},
};

/// A page of memory that userspace, a guest or another process may write at any
/// time: what a kernel maps elsewhere.
///
/// It is read and written as a [`Region`] of [`SIZE`](Self::SIZE) bytes, with bounds
/// checked at each access: [`try_read_bytes`](crate::IoRegion::try_read_bytes),
/// [`try_write_bytes`](crate::IoRegion::try_write_bytes) and
/// [`try_fill_bytes`](crate::IoRegion::try_fill_bytes) at an offset, single accesses as
/// [`try_read32`](crate::IoRegion::try_read32), or a typed block by
/// [`cast`](crate::Io::cast). There are no references to its bytes: what was copied
/// out is private, and what is checked there is what is used.
///
/// For a page of somebody else's take [`SysMem::new`] over the same type.
///
/// Source: the Linux kernel's Rust `Page` and its byte-wise copies.
///
/// ```
/// use io_core::{CopyError, SharedPage, prelude::*};
///
/// /// The length that a guest has written, and so many bytes behind it.
/// fn message(page: &SharedPage) -> Result<Vec<u8>, CopyError<core::convert::Infallible>> {
///     let mut len = [0; 2];
///     page.try_read_bytes(0, &mut len)?;
///     // One look: the guest cannot change it between check and use.
///     let mut bytes = vec![0; u16::from_le_bytes(len).into()];
///     page.try_read_bytes(2, &mut bytes)?;
///     Ok(bytes)
/// }
///
/// let page = SharedPage::new()?;
/// page.write_bytes(0, &[3, 0, b'a', b'b', b'c']);
/// assert_eq!(message(&page).unwrap(), b"abc");
/// page.write_bytes(0, &[0xff, 0xff]);
/// assert_eq!(
///     message(&page).unwrap_err().to_string(),
///     "offset 0x2 + 65535 bytes exceeds region of 0x1000",
/// );
/// # Ok::<(), io_core::Error>(())
/// ```
///
/// Whoever maps the page elsewhere unmaps it before the page is dropped: the
/// allocator has it then.
///
/// # Invariants
///
/// `memory` is an allocation of `LAYOUT`, initialised, which is accessed through
/// views and by other parties only.
pub struct SharedPage {
    memory: NonNull<u8>,
}

impl SharedPage {
    /// The size in bytes, and the alignment.
    pub const SIZE: usize = 4096;

    const LAYOUT: Layout = match Layout::from_size_align(Self::SIZE, Self::SIZE) {
        Ok(layout) => layout,
        Err(_) => panic!("a power of two"),
    };

    /// A page of zeros from the global allocator.
    ///
    /// # Errors
    ///
    /// [`Error::NoMemory`].
    pub fn new() -> Result<Self, Error> {
        // SAFETY: the layout has a size.
        let memory = NonNull::new(unsafe { alloc_zeroed(Self::LAYOUT) });
        // INVARIANT: just allocated, zeroed, and known to nobody.
        memory
            .map(|memory| Self { memory })
            .ok_or(Error::NoMemory { size: Self::SIZE, align: Self::SIZE })
    }

    /// The page's address, for whoever maps it elsewhere. Not to be
    /// dereferenced; for bulk copies by other code see
    /// [`bytewise`](crate::bytewise).
    #[inline]
    pub fn as_ptr(&self) -> *mut u8 {
        self.memory.as_ptr()
    }
}

impl<'a> IoBase<'a> for &'a SharedPage {
    type Backend = SysMemBackend;
    type Target = Region<{ SharedPage::SIZE }, A16>;

    #[inline(always)]
    fn as_view(self) -> SysMem<'a, Self::Target> {
        let region = Region::ptr_from_raw_parts_mut(self.memory.as_ptr(), SharedPage::SIZE);
        // SAFETY: aligned to the page's size and of the page's size; initialised,
        // valid while the page is borrowed, and accessed through views only.
        unsafe { SysMem::new(region) }
    }
}

impl Drop for SharedPage {
    fn drop(&mut self) {
        // SAFETY: by the invariants allocated with this layout.
        unsafe { dealloc(self.memory.as_ptr(), Self::LAYOUT) };
    }
}

impl fmt::Debug for SharedPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SharedPage({:p})", self.memory)
    }
}

// SAFETY: an owner of memory that is accessed by views, which are `Send`.
unsafe impl Send for SharedPage {}
// SAFETY: as above: views of bytes are `Sync`.
unsafe impl Sync for SharedPage {}
