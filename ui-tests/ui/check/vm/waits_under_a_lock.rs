// Wrong assumption: a cursor that may wait for a page can be used where waiting is not allowed.
use io_core::{
    fault::{FaultBackend, RecoveryTable},
    vm::{Fallible, VmReader},
};

/// A user's memory with the handling of page faults switched off.
enum NoWait {}

// SAFETY: never run.
unsafe impl FaultBackend for NoWait {
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        unsafe { RecoveryTable::copy(dst, src, len) }
    }

    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        unsafe { RecoveryTable::fill(dst, byte, len) }
    }
}

fn look_under_the_lock(word: &mut VmReader<'_, Fallible<NoWait>>) -> bool {
    word.read_val::<u32>().is_ok()
}

fn wake(word: &mut VmReader<'_>) -> bool {
    look_under_the_lock(word)
}

fn main() {}
