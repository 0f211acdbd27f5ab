// Wrong assumption: a read gives any integer.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: u32,
}

fn f(regs: Mmio<Regs>) -> u16 {
    io_read!(regs, .reg)
}

fn main() {}
