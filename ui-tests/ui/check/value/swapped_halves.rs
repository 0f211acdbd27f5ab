// Wrong assumption: the byte order is outside.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    count: Le<LoHi<u64>>,
}

fn main() {}
