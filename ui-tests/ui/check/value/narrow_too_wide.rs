// Wrong assumption: the access may be narrower than the value.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Le<Narrow<u32, u16>>,
}

fn main() {}
