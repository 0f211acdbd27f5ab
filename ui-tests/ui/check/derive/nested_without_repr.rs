// Omits `repr(C)` on a nested block; the outer block is right.
use io_core::prelude::*;

#[derive(IoStruct)]
struct Chan {
    ctrl: u32,
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [Chan; 4],
}

fn read(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .chan[0].ctrl)
}

fn main() {}
