// Wrong assumption: a set register takes the new value.
use io_core::{WoW1s, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: WoW1s<u32>,
}

fn f(regs: Mmio<Regs>) {
    io_write!(regs, .reg, 1);
}

fn main() {}
