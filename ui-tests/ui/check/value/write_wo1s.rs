// Believes that a set register takes the new value.
use io_core::{Wo1s, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Wo1s<u32>,
}

fn f(regs: Mmio<Regs>) {
    io_write!(regs, .reg, 1);
}

fn main() {}
