// Implements `Word` for another type, which no instruction can load or store.
use io_mem::arch::Word;

#[derive(Clone, Copy)]
struct Wide([u64; 2]);

impl Word for Wide {
    unsafe fn load(ptr: *const Self) -> Self {
        unsafe { *ptr }
    }

    unsafe fn store(ptr: *mut Self, value: Self) {
        unsafe { *ptr = value }
    }

    fn after_device_read(self) {}
}

fn main() {}
