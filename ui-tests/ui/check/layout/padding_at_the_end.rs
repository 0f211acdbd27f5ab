// Wrong assumption: a struct ends after its last field.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    addr: u32,
    flags: u16,
}

fn main() {}
