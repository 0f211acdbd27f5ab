// Wrong assumption: a write is an assignment.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn stop(regs: Mmio<Regs>) {
    io_write!(regs, .ctrl = 0);
}

fn main() {}
