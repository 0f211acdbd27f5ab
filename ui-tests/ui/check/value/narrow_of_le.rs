// Wrong assumption: the byte order is that of the value.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Narrow<Le<u16>, u32>,
}

fn main() {}
