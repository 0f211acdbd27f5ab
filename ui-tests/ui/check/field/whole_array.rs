// Wrong assumption: a read of an array gives all its registers.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn read(regs: Mmio<Regs>) -> [u32; 4] {
    io_read!(regs, .chan)
}

fn main() {}
