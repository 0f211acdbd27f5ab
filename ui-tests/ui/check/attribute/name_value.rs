// Wrong assumption: the offset is written after `=`.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    #[io = 0x0]
    ctrl: u32,
}

fn main() {}
