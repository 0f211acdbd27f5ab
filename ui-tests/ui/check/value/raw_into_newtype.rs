// Wrong assumption: a register with named bits takes a bare number.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(transparent)]
struct Control(u32);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: Control,
}

fn start(regs: Mmio<Regs>) {
    io_write!(regs, .ctrl, 1);
}

fn main() {}
