// Wrong assumption: a register has the width of a pointer.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    field: usize,
}

fn main() {}
