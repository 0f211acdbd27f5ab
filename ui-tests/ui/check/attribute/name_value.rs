// Believes that the offset stands behind `=`.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    #[io = 0x0]
    ctrl: u32,
}

fn main() {}
