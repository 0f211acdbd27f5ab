// Wrong assumption: a block can have a slice anywhere.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    entries: [u32],
    tail: u32,
}

fn main() {}
