//! A device that consists of bytes of the test's memory.

use io_core::Width;
use io_sim::Device;

/// `len` bytes from a pointer on.
pub(crate) struct Direct {
    start: *mut u8,
    len: usize,
}

impl Direct {
    /// The memory must be valid for the lifetime of the device, and must not be used by other code
    /// while it is accessed.
    pub(crate) fn new(start: *mut u8, len: usize) -> Self {
        Direct { start, len }
    }

    fn place(&self, offset: usize, width: Width) -> *mut u8 {
        assert!(offset.is_multiple_of(width.bytes()) && offset + width.bytes() <= self.len);
        self.start.wrapping_add(offset)
    }
}

// SAFETY: the tests use the device on one thread.
unsafe impl Send for Direct {}

impl Device for Direct {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        let (place, mut bytes) = (self.place(offset, width), [0; 8]);
        // SAFETY: the bytes lie inside the memory.
        unsafe { place.copy_to(bytes.as_mut_ptr(), width.bytes()) };
        u64::from_le_bytes(bytes)
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        let place = self.place(offset, width);
        // SAFETY: the bytes lie inside the memory.
        unsafe { place.copy_from(value.to_le_bytes().as_ptr(), width.bytes()) };
    }
}
