// Wrong assumption: a good offset is enough in a packed struct.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C, packed)]
struct Desc {
    addr: u32,
}

fn main() {}
