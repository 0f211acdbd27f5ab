// Wrong assumption: a second index is written after a comma.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    table: [[u32; 2]; 4],
}

fn cell(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .table[0, 1])
}

fn main() {}
