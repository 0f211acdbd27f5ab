// Wrong assumption: channels are 0x20 bytes apart, where each has 0x08.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: u32,
    count: u32,
}

#[derive(IoStruct)]
#[repr(C)]
struct Dma {
    #[io(stride = 0x20)]
    chan: [Chan; 4],
}

fn main() {}
