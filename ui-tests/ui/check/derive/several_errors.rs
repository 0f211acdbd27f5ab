// Several mistakes at once: all of them are reported at once.
use io_core::prelude::*;

#[derive(IoStruct)]
#[io(sise = 0x10)]
struct Regs {
    #[io(offest = 0x10)]
    ctrl: u32,
    #[io(at)]
    status: u32,
    #[io(att = 8)]
    data: u32,
    #[io]
    irq: u32,
}

fn main() {}
