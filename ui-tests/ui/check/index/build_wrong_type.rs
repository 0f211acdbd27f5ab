// Wrong assumption: a constant index may be any integer.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

const LAST: u32 = 3;

fn last(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .chan[build: LAST])
}

fn main() {}
