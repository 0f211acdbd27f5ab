// Wrong assumption: an update of a command register sends no command.
use io_core::{SelfClearing, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: SelfClearing<u32>,
}

fn f(regs: Mmio<Regs>) {
    io_update!(regs, .reg, |v| v | 1);
}

fn main() {}
