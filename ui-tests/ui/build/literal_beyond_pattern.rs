// Wrong assumption: a table of 0x200 elements has an element 0x200.
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
