// Wrong assumption: 32 bits have halves as well.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    count: LoHi<u32>,
}

fn main() {}
