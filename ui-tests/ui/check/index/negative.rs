// Wrong assumption: negative indices count from the end.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn last(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .chan[-1])
}

fn main() {}
