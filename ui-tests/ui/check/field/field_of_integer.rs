// Wrong assumption: a register has its bits as fields.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn enabled(regs: Mmio<Regs>) -> bool {
    io_read!(regs, .ctrl.enable)
}

fn main() {}
