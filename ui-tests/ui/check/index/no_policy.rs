// Wrong assumption: an index works as in a slice.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn nth(regs: Mmio<Regs>, i: usize) -> u32 {
    io_read!(regs, .chan[i])
}

fn main() {}
