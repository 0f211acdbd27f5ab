// Mistypes an option.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    #[io(att = 0x0)]
    ctrl: u32,
}

fn main() {}
