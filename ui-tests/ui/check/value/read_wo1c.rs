// Believes that a clear register shows what is pending.
use io_core::{Wo1c, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Wo1c<u32>,
}

fn f(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .reg)
}

fn main() {}
