// Wrong assumption: every backend of faults has single accesses.
use io_core::{
    fault::FaultBackend,
    vm::{Fallible, VmReader},
};

enum CopiesOnly {}

// SAFETY: never run.
unsafe impl FaultBackend for CopiesOnly {
    unsafe fn copy(_: *mut u8, _: *const u8, _: usize) -> usize {
        0
    }

    unsafe fn fill(_: *mut u8, _: u8, _: usize) -> usize {
        0
    }
}

fn next(ring: &mut VmReader<'_, Fallible<CopiesOnly>>) -> u32 {
    ring.read_once().unwrap()
}

fn main() {}
