// Omits the reserved registers at the end.
use io_core::prelude::*;

#[derive(IoStruct)]
#[io(size = 0x1000)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn main() {}
