// Omits the closure.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn start(regs: Mmio<Regs>) {
    io_update!(regs, .ctrl);
}

fn main() {}
