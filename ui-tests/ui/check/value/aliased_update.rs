// Wrong assumption: the value that was read can be written back.
use io_core::{Aliased, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Rw<Aliased<u16, u16>>,
}

fn f(regs: Mmio<Regs>) {
    io_update!(regs, .reg, |v| v | 1);
}

fn main() {}
