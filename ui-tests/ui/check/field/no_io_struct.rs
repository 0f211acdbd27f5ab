// Wrong assumption: any `#[repr(C)]` struct can be projected.
use io_core::prelude::*;

#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn read(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .ctrl)
}

fn main() {}
