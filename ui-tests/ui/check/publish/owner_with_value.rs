// Wrong assumption: `owner` takes a value.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    #[io(owner = 1)]
    head: OwnBit<u32>,
}

fn main() {}
