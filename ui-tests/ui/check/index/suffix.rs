// Wrong assumption: an index has the register's width.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn second(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .chan[1u32])
}

fn main() {}
