// Wrong assumption: a descriptor holds the processor's address.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    field: *mut u8,
}

fn main() {}
