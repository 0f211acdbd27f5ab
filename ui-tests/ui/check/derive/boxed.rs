// Wrong assumption: a descriptor can own a buffer.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    field: Box<u32>,
}

fn main() {}
