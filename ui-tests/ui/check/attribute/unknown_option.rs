// Wrong assumption: the option is called `offset`.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    #[io(offset = 0x0)]
    ctrl: u32,
}

fn main() {}
