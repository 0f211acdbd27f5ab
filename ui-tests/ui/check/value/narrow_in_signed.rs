// Wrong assumption: accesses are signed.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Narrow<i8, i32>,
}

fn main() {}
