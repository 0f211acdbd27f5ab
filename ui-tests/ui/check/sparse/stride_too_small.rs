// Wrong assumption: elements may overlap each other, be misaligned, or end after the block.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Channel {
    ctrl: Le<u32>,
    count: Le<u32>,
}

#[io_struct(size = 0x40)]
struct Small {
    #[io(at = 0x00, stride = 0x04)]
    chan: [Channel; 4],
}

#[io_struct(size = 0x40)]
struct Misaligned {
    #[io(at = 0x00, stride = 0x0a)]
    chan: [Channel; 4],
}

#[io_struct(size = 0x40)]
struct Beyond {
    #[io(at = 0x00, stride = 0x10)]
    chan: [Channel; 5],
}

fn main() {}
