// Wrong assumption: byte order goes outside.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Le<Ro<u32>>,
}

fn main() {}
