// Wrong assumption: private fields can be projected.
use io_core::prelude::*;

mod board {
    use io_core::prelude::*;

    #[derive(IoStruct)]
    #[repr(C)]
    pub struct Regs {
        reserved: u32,
    }
}

fn read(regs: Mmio<board::Regs>) -> u32 {
    io_read!(regs, .reserved)
}

fn main() {}
