// Wrong assumption: an access kind goes around an array.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    counters: Ro<[u32; 4]>,
}

fn main() {}
