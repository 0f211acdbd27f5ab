// Wrong assumption: a doorbell reads back what was rung.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Wo<u32>,
}

fn f(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .reg)
}

fn main() {}
