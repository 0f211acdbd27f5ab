// Wrong assumption: a register is an array of its bits.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn bit(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .ctrl[0])
}

fn main() {}
