// Wrong assumption: a doorbell register reads back the written value.
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
