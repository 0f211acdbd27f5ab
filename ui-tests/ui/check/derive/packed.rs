// Wrong assumption: registers may be packed.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C, packed)]
struct Desc {
    flags: u8,
    addr: u32,
}

fn main() {}
