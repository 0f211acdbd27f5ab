// Wrong assumption: a single register has a stride.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Dma {
    #[io(stride = 0x20)]
    ctrl: u32,
}

fn main() {}
