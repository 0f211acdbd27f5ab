// Wrong assumption: a range of literals needs no policy.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn middle(regs: Mmio<Regs>) {
    let _ = io_project!(regs, .chan[1..3]);
}

fn main() {}
