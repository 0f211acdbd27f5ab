// Omits the comma between options.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    #[io(at = 0x0 at = 0x0)]
    ctrl: u32,
}

fn main() {}
