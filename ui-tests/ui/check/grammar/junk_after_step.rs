// Wrong assumption: the macro takes any expression of the field.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn masked(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .ctrl & 0xff | 1)
}

fn main() {}
