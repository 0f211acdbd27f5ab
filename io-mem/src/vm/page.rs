//! A page that is shared with a party that is not trusted.

use alloc::alloc::{alloc_zeroed, dealloc};
use core::{alloc::Layout, fmt, ptr::NonNull};

use super::{memory::Infallible, span::VmSpan};
use crate::Error;

/// A page of memory that userspace, a guest or another process may write at any
/// time: what a kernel maps elsewhere.
///
/// It is read and written through a [`VmSpan`], at an offset ([`VmIo`](super::VmIo) and kin) or
/// by cursors; bounds are checked at each access. Its bytes are never
/// accessed by reference: a copy is private, so that a checked value is the value that is used.
///
/// Source: the Linux kernel's Rust `Page` and its byte-wise copies.
///
/// ```
/// use io_mem::{CopyError, fault::Fault, vm::{SharedPage, VmIo}};
///
/// /// The message that a guest has written: its length, followed by its bytes.
/// fn message(page: &SharedPage) -> Result<Vec<u8>, CopyError<Fault>> {
///     let memory = page.span();
///     // Loaded once: the guest cannot change it between check and use.
///     let mut bytes = vec![0; u16::from_le(memory.read_val(0)?).into()];
///     memory.read_bytes(2, &mut bytes)?;
///     Ok(bytes)
/// }
///
/// let page = SharedPage::new()?;
/// page.span().write_bytes(0, &[3, 0, b'a', b'b', b'c']).unwrap();
/// assert_eq!(message(&page).unwrap(), b"abc");
/// page.span().write_bytes(0, &[0xff, 0xff]).unwrap();
/// assert_eq!(
///     message(&page).unwrap_err().to_string(),
///     "offset 0x2 + 65535 bytes exceeds region of 0x1000",
/// );
/// # Ok::<(), io_mem::Error>(())
/// ```
///
/// Whoever maps the page elsewhere unmaps it before the page is dropped: the
/// allocator has it then.
///
/// # Invariants
///
/// `memory` is an allocation of `LAYOUT`, initialised, which is accessed through
/// spans and by other parties only.
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

    /// The page as memory for cursors and for accesses by offset.
    ///
    /// Guaranteed: the span's address is aligned to [`SIZE`](Self::SIZE), and its size is `SIZE`.
    #[inline(always)]
    pub const fn span(&self) -> VmSpan<'_, Infallible> {
        // SAFETY: by the invariants valid, initialised and never accessed by reference, while the
        // page is borrowed.
        unsafe { VmSpan::from_raw(self.memory.as_ptr(), Self::SIZE) }
    }

    /// The page's address, for whoever maps it elsewhere. Not to be
    /// dereferenced; for bulk copies by other code see
    /// [`bytewise`](crate::bytewise).
    #[inline]
    pub fn as_ptr(&self) -> *mut u8 {
        self.memory.as_ptr()
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
