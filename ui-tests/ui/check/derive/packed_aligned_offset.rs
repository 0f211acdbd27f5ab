// Wrong assumption: an aligned offset is sufficient in a packed struct.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C, packed)]
struct Desc {
    addr: u32,
}

fn main() {}
