// Wrong assumption: the status register can be reset by a write.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Ro<u32>,
}

fn f(regs: Mmio<Regs>) {
    io_write!(regs, .reg, 0);
}

fn main() {}
