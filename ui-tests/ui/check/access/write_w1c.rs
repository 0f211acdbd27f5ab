// Wrong assumption: a write-one-to-clear register is written like any other.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: W1c<u32>,
}

fn f(regs: Mmio<Regs>) {
    io_write!(regs, .reg, 1);
}

fn main() {}
