// Wrong assumption: `clear` clears bits of any register.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: u32,
}

fn f(regs: Mmio<Regs>) {
    io_project!(regs, .reg).clear_bits(1);
}

fn main() {}
