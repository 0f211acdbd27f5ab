// Wrong assumption: an access kind goes around a block.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: u32,
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: Ro<Chan>,
}

fn main() {}
