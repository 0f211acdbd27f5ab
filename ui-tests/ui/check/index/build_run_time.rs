// Wrong assumption: the compiler can prove a run-time index.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn nth(regs: Mmio<Regs>, i: usize) -> u32 {
    io_read!(regs, .chan[build: i])
}

fn main() {}
