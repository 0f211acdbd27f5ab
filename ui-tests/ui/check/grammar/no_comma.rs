// Wrong assumption: the path belongs to the view's expression.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn read(regs: Mmio<Regs>) -> u32 {
    io_read!(regs.ctrl)
}

fn main() {}
