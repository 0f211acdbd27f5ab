// Has one register too many.
use io_core::prelude::*;

#[derive(IoStruct)]
#[io(size = 4)]
#[repr(C)]
struct Regs {
    ctrl: u32,
    status: u32,
}

fn main() {}
