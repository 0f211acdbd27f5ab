// Wrong assumption: an update acknowledges one interrupt (it acknowledges all of them).
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: W1c<u32>,
}

fn f(regs: Mmio<Regs>) {
    io_update!(regs, .reg, |v| v | 1);
}

fn main() {}
