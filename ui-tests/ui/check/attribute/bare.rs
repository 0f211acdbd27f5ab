// An incomplete line, as during typing.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    #[io]
    ctrl: u32,
}

fn main() {}
