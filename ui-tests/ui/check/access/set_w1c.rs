// Wrong assumption: a write-one-to-clear register can be set.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: W1c<u32>,
}

fn f(regs: Mmio<Regs>) {
    io_project!(regs, .reg).set_bits(1);
}

fn main() {}
