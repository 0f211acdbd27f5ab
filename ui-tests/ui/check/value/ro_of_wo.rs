// Wrong assumption: access kinds add up to read-write.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    reg: Ro<Wo<u32>>,
}

fn main() {}
