//! Mapped memory with a second way to access it.
//!
//! Natively, one shared file has two mappings: views use the one, and the tests access the bytes
//! through the other. The views' mapping ends at an inaccessible page, so that an access to a byte
//! after it is fatal. Under Miri, which has no mappings, the memory is one heap allocation of
//! exactly this size, whose bounds Miri checks.

use core::cell::RefCell;

/// The alignment of all memory of this module; it has no larger alignment.
pub(crate) const ALIGN: usize = 16;

/// `len` bytes of memory, aligned to [`ALIGN`].
pub(crate) struct Raw {
    /// The start of the bytes, for views.
    view: *mut u8,
    /// The start of the same bytes, for the tests.
    own: *mut u8,
    len: usize,
    expected: RefCell<Vec<u8>>,
    _memory: imp::Memory,
}

impl Raw {
    /// Creates memory with a pattern in which neighbouring bytes differ.
    pub(crate) fn new(len: usize) -> Self {
        assert!(len.is_multiple_of(ALIGN), "the memory must end at the guard page");
        let (memory, view, own) = imp::map(len);
        let expected: Vec<u8> = (0..len).map(|i| (i as u8).wrapping_mul(37) ^ 0x5a).collect();
        let raw = Raw { view, own, len, expected: RefCell::new(Vec::new()), _memory: memory };
        raw.put(0, &expected);
        raw
    }

    /// Returns the start of the memory, for a view.
    pub(crate) fn ptr(&self) -> *mut u8 {
        self.view
    }

    /// Writes bytes without a view.
    pub(crate) fn put(&self, at: usize, bytes: &[u8]) {
        assert!(at + bytes.len() <= self.len);
        let place = self.own.wrapping_add(at);
        // SAFETY: the bytes lie inside the memory. Views are not used at the same time.
        unsafe { place.copy_from(bytes.as_ptr(), bytes.len()) };
        self.expected.replace(self.bytes());
    }

    /// Reads all bytes without a view.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.len);
        // SAFETY: `bytes` has the capacity for the memory, which is initialised. Views are not used
        // at the same time.
        unsafe { self.own.copy_to(bytes.as_mut_ptr(), self.len) };
        // SAFETY: all bytes have just been written.
        unsafe { bytes.set_len(self.len) };
        if cfg!(miri) {
            // Miri of May 2026 fails with an internal error at an atomic store that overlaps
            // narrower atomic stores, unless there is a plain store between them. This store writes
            // the same bytes again.
            // SAFETY: as above.
            unsafe { self.own.copy_from(bytes.as_ptr(), self.len) };
        }
        bytes
    }

    /// Reads `N` bytes without a view.
    pub(crate) fn get<const N: usize>(&self, at: usize) -> [u8; N] {
        self.bytes()[at..at + N].try_into().expect("so many")
    }

    /// Records that these bytes are expected to have been written since the last
    /// [`unchanged`](Self::unchanged).
    pub(crate) fn expect(&self, at: usize, bytes: &[u8]) {
        self.expected.borrow_mut()[at..at + bytes.len()].copy_from_slice(bytes);
    }

    /// Asserts that only the expected bytes were written.
    #[track_caller]
    pub(crate) fn unchanged(&self) {
        assert_eq!(self.bytes(), *self.expected.borrow());
    }
}

#[cfg(not(miri))]
mod imp {
    use core::{ffi::c_void, ptr};

    use rustix::{
        fs::{MemfdFlags, ftruncate, memfd_create},
        mm::{MapFlags, ProtFlags, mmap, mmap_anonymous, munmap},
        param::page_size,
    };

    /// Two mappings, by start and size.
    pub(super) struct Memory([(*mut c_void, usize); 2]);

    pub(super) fn map(len: usize) -> (Memory, *mut u8, *mut u8) {
        let page = page_size();
        let size = len.next_multiple_of(page);
        let file = memfd_create("io-core", MemfdFlags::CLOEXEC).unwrap();
        ftruncate(&file, size as u64).unwrap();
        let access = ProtFlags::READ | ProtFlags::WRITE;

        let flags = MapFlags::PRIVATE;
        // SAFETY: a new mapping at an address chosen by the system.
        let guarded =
            unsafe { mmap_anonymous(ptr::null_mut(), size + page, ProtFlags::empty(), flags) };
        let guarded = guarded.unwrap();
        let flags = MapFlags::SHARED | MapFlags::FIXED;
        // SAFETY: replaces the mapping just created, except its last page.
        let view = unsafe { mmap(guarded, size, access, flags, &file, 0) }.unwrap();
        // SAFETY: a new mapping at an address chosen by the system.
        let own = unsafe { mmap(ptr::null_mut(), size, access, MapFlags::SHARED, &file, 0) };
        let own = own.unwrap();

        let place = |start: *mut c_void| start.cast::<u8>().wrapping_add(size - len);
        (Memory([(guarded, size + page), (own, size)]), place(view), place(own))
    }

    impl Drop for Memory {
        fn drop(&mut self) {
            for (start, size) in self.0 {
                // SAFETY: mapped with this size, and no longer used, since `Raw` is dropped.
                unsafe { munmap(start, size) }.unwrap();
            }
        }
    }
}

#[cfg(miri)]
mod imp {
    extern crate alloc;

    use alloc::alloc::{alloc_zeroed, dealloc};
    use core::alloc::Layout;

    use super::ALIGN;

    pub(super) struct Memory(*mut u8, Layout);

    pub(super) fn map(len: usize) -> (Memory, *mut u8, *mut u8) {
        let layout = Layout::from_size_align(len, ALIGN).unwrap();
        assert_ne!(len, 0);
        // SAFETY: the size is not 0.
        let ptr = unsafe { alloc_zeroed(layout) };
        (Memory(ptr, layout), ptr, ptr)
    }

    impl Drop for Memory {
        fn drop(&mut self) {
            // SAFETY: allocated with this layout, and no longer used, since `Raw` is dropped.
            unsafe { dealloc(self.0, self.1) };
        }
    }
}
