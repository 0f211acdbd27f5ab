// Has one register too many.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    id: Ro<u32>,
    reserved: u32,
    #[io(at = 0x04)]
    ctrl: u32,
}

fn main() {}
