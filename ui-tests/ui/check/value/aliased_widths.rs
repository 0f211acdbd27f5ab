// Wrong assumption: the written value may be narrower.
use io_core::{Aliased, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Aliased<u16, u8>,
}

fn main() {}
