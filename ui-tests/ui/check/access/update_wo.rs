// Wrong assumption: bits of a write-only register can be set.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Wo<u32>,
}

fn f(regs: Mmio<Regs>) {
    io_update!(regs, .reg, |v| v | 1);
}

fn main() {}
