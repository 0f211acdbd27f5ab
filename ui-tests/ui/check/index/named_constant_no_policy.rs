// Wrong assumption: a named constant is as good as a literal.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

const LAST: usize = 3;

fn last(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .chan[LAST])
}

fn main() {}
