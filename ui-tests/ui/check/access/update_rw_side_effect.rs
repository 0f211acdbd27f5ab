// Wrong assumption: an update of a FIFO register does not change the FIFO.
use io_core::{RwSideEffect, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: RwSideEffect<u32>,
}

fn f(regs: Mmio<Regs>) {
    io_update!(regs, .reg, |v| v | 1);
}

fn main() {}
