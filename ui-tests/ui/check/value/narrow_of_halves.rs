// Wrong assumption: halves are one word.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Narrow<LoHi<u64>, u64>,
}

fn main() {}
