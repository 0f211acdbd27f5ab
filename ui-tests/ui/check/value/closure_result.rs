// Forgets that the closure gives the new value.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: u32,
}

fn f(regs: Mmio<Regs>) {
    io_update!(regs, .reg, |v| drop(v));
}

fn main() {}
