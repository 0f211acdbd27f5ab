// A path can be completed before there is a value to write.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn start(regs: Mmio<'_, Regs>) {
    io_write!(regs, .)
}

fn main() {}
