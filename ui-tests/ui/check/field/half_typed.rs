// An incomplete line, as during typing.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: u32,
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [Chan; 4],
}

fn read(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .)
}

fn main() {}
