// Wrong assumption: a range may run backwards.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

const FIRST: usize = 3;

fn none(regs: Mmio<Regs>) -> usize {
    io_project!(regs, .chan[build: FIRST..1]).len()
}

fn main() {}
