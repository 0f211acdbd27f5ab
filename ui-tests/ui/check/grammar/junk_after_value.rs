// Wrong assumption: a write takes a mask.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn start(regs: Mmio<Regs>) {
    io_write!(regs, .ctrl, 1, 0xff);
}

fn main() {}
