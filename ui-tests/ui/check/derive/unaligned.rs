// Wrong assumption: a 64-bit register may start at a multiple of four.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C, packed(4))]
struct Regs {
    ctrl: u32,
    addr: u64,
}

fn main() {}
