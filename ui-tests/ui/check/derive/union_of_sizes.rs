// Wrong assumption: a union's field may be smaller than the union.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
union Data {
    word: u32,
    byte: u8,
}

fn main() {}
