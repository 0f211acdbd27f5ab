// Wrong assumption: an update takes the new value.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn start(regs: Mmio<Regs>) {
    io_update!(regs, .ctrl, 1);
}

fn main() {}
