// Wrong assumption: empty brackets select all elements.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn all(regs: Mmio<Regs>) {
    let _ = io_project!(regs, .chan[]);
}

fn main() {}
