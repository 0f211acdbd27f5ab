// Wrong assumption: a write of a block sets all its registers.
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

fn restore(regs: Mmio<Regs>, chan: Chan) {
    io_write!(regs, .chan[1], chan);
}

fn main() {}
