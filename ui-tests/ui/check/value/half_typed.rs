// A value can be completed after a dot.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    addr: u32,
}

struct Ring {
    addr: u32,
}

fn start(regs: Mmio<'_, Regs>, ring: &Ring) {
    io_write!(regs, .addr, ring.)
}

fn main() {}
