// Wrong assumption: a large table is a little larger.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    table: [u32; 0x200],
}

fn last(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .table[0x200])
}

fn main() {}
