// Omits the derive of a nested block.
use io_core::prelude::*;

#[repr(C)]
struct Chan {
    ctrl: u32,
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [Chan; 4],
}

fn main() {}
