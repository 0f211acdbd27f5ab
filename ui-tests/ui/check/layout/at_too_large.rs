// Omits a reserved register.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    id: Ro<u32>,
    #[io(at = 0x08)]
    ctrl: u32,
}

fn main() {}
