// Wrong assumption: an offset may be negative.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    #[io(at = -4)]
    ctrl: u32,
}

fn main() {}
