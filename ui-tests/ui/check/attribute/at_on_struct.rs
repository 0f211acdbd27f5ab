// Wrong assumption: a block states where it is mapped.
use io_core::prelude::*;

#[derive(IoStruct)]
#[io(at = 0x1000)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn main() {}
