//! A device that is bytes of the test's memory.

use io_core::Width;
use io_sim::Device;

/// `len` bytes from a pointer on.
pub(crate) struct Direct {
    start: *mut u8,
    len: usize,
}

impl Direct {
    /// The memory is valid as long as the device, and nobody's else while it
    /// is accessed.
    pub(crate) fn new(start: *mut u8, len: usize) -> Self {
        Direct { start, len }
    }

    fn place(&self, offset: usize, width: Width) -> *mut u8 {
        assert!(offset.is_multiple_of(width.bytes()) && offset + width.bytes() <= self.len);
        self.start.wrapping_add(offset)
    }
}

// SAFETY: the tests use it on one thread.
unsafe impl Send for Direct {}

impl Device for Direct {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        let (place, mut bytes) = (self.place(offset, width), [0; 8]);
        // SAFETY: inside the memory.
        unsafe { place.copy_to(bytes.as_mut_ptr(), width.bytes()) };
        u64::from_le_bytes(bytes)
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        let place = self.place(offset, width);
        // SAFETY: inside the memory.
        unsafe { place.copy_from(value.to_le_bytes().as_ptr(), width.bytes()) };
    }
}
