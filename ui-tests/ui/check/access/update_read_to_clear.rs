// Wrong assumption: a counter that reads clear can be changed by an update.
use io_core::{ReadToClear, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: ReadToClear<u32>,
}

fn f(regs: Mmio<Regs>) {
    io_update!(regs, .reg, |v| v & !1);
}

fn main() {}
