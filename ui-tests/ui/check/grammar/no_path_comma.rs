// An incomplete line, as during typing.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn read(regs: Mmio<Regs>) -> u32 {
    io_read!(regs,)
}

fn main() {}
