// Wrong assumption: an array of counters can be reset.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: [Ro<u32>; 4],
}

fn f(regs: Mmio<Regs>) {
    io_write!(regs, .reg[2], 0);
}

fn main() {}
