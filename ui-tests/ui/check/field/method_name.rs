// Wrong assumption: a step can be a property of the array.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn count(regs: Mmio<Regs>) -> usize {
    io_read!(regs, .chan.len)
}

fn main() {}
