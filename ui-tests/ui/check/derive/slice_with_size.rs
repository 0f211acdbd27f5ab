// Wrong assumption: a block with a trailing slice has one size.
use io_core::prelude::*;

#[derive(IoStruct)]
#[io(size = 0x40)]
#[repr(C)]
struct Ring {
    head: u32,
    entries: [u32],
}

fn main() {}
