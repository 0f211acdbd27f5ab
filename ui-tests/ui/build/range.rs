// Wrong assumption: an inclusive range ends before its end.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn all(regs: Mmio<Regs>) -> usize {
    io_project!(regs, .chan[build: 1..=4]).len()
}

fn main() {}
