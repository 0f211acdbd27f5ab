// Believes that a counter that reads clear can be changed by an update.
use io_core::{ReadClear, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: ReadClear<u32>,
}

fn f(regs: Mmio<Regs>) {
    io_update!(regs, .reg, |v| v & !1);
}

fn main() {}
