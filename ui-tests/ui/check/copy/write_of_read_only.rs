// Wrong assumption: a copy may write what a single write may not.
use io_core::prelude::*;
use zerocopy::{Immutable, IntoBytes};

#[derive(IoStruct, IntoBytes, Immutable)]
#[repr(C)]
struct Regs {
    status: Ro<u32>,
    ctrl: u32,
}

fn restore(regs: Mmio<Regs>, saved: Regs) {
    regs.copy_write(saved);
}

fn main() {}
