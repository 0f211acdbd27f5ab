// Wrong assumption: an update only needs a read.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Ro<u32>,
}

fn f(regs: Mmio<Regs>) {
    io_update!(regs, .reg, |v| v | 1);
}

fn main() {}
