// Wrong assumption: the register has 64 bits.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: u32,
}

fn f(regs: Mmio<Regs>) {
    io_write!(regs, .reg, 1u64);
}

fn main() {}
