// Wrong assumption: a field states its size.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    #[io(size = 4)]
    ctrl: u32,
}

fn main() {}
