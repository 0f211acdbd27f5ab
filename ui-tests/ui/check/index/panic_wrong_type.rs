// Wrong assumption: an index may be any integer.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn nth(regs: Mmio<Regs>, i: u8) -> u32 {
    io_read!(regs, .chan[panic: i])
}

fn main() {}
