//! A page that is shared with an untrusted party.

use alloc::alloc::{alloc_zeroed, dealloc};
use core::{alloc::Layout, fmt, ptr::NonNull};

use super::{memory::Infallible, span::VmSpan};
use crate::Error;

/// A page that userspace, a guest or another process may write to at any time, for example because
/// a kernel maps it there.
///
/// It is read and written through a [`VmSpan`], by offset ([`VmIo`](super::VmIo) and related
/// traits) or by cursors; bounds are checked at each access. Its bytes are never accessed through
/// references. Copied bytes are private, so that the value that was checked is the value that is
/// used.
///
/// Source: the Linux kernel's Rust `Page` and its byte-wise copies.
///
/// ```
/// use io_mem::{CopyError, fault::Fault, vm::{SharedPage, VmIo}};
///
/// /// Returns the message that a guest has written: its length, followed by its bytes.
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
/// Code that maps the page elsewhere must unmap it before the page is dropped, because the
/// allocator reuses the memory after that.
///
/// # Invariants
///
/// * `memory` is an allocation of `LAYOUT`, and is initialised.
/// * It is accessed only through spans and by other parties.
pub struct SharedPage {
    memory: NonNull<u8>,
}

impl SharedPage {
    /// The size in bytes, and the alignment.
    pub const SIZE: usize = 4096;

    const LAYOUT: Layout = match Layout::from_size_align(Self::SIZE, Self::SIZE) {
        Ok(layout) => layout,
        Err(_) => panic!("the page size must be a power of two"),
    };

    /// Allocates a page of zeros with the global allocator.
    ///
    /// # Errors
    ///
    /// * [`Error::NoMemory`] if the allocation fails.
    pub fn new() -> Result<Self, Error> {
        // SAFETY: the size of the layout is not 0.
        let memory = NonNull::new(unsafe { alloc_zeroed(Self::LAYOUT) });
        // INVARIANT: the memory was just allocated and zeroed, and no other pointer to it exists.
        memory
            .map(|memory| Self { memory })
            .ok_or(Error::NoMemory { size: Self::SIZE, align: Self::SIZE })
    }

    /// Returns the page as memory for cursors and for accesses by offset.
    ///
    /// The span's address is guaranteed to be aligned to [`SIZE`](Self::SIZE), and its size to be
    /// `SIZE`.
    #[inline(always)]
    pub const fn span(&self) -> VmSpan<'_, Infallible> {
        // SAFETY: by the invariants, the bytes are valid and initialised while the page is
        // borrowed, and they are never accessed through references.
        unsafe { VmSpan::from_raw(self.memory.as_ptr(), Self::SIZE) }
    }

    /// Returns the page's address, for code that maps the page elsewhere. The pointer must not be
    /// dereferenced. Other code can use it for copies with [`bytewise`](crate::bytewise).
    #[inline]
    pub fn as_ptr(&self) -> *mut u8 {
        self.memory.as_ptr()
    }
}

impl Drop for SharedPage {
    fn drop(&mut self) {
        // SAFETY: by the invariants, the memory was allocated with this layout.
        unsafe { dealloc(self.memory.as_ptr(), Self::LAYOUT) };
    }
}

impl fmt::Debug for SharedPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SharedPage({:p})", self.memory)
    }
}

// SAFETY: the page owns memory that is accessed only by accesses that may race between threads.
unsafe impl Send for SharedPage {}
// SAFETY: as above.
unsafe impl Sync for SharedPage {}
