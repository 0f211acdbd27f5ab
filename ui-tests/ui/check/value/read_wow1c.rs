// Wrong assumption: a clear register contains the pending bits.
use io_core::{WoW1c, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: WoW1c<u32>,
}

fn f(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .reg)
}

fn main() {}
