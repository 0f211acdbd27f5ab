// Wrong assumption: fields are adjacent.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    mode: u8,
    ctrl: u32,
}

fn main() {}
