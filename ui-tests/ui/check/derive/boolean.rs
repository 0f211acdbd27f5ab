// Wrong assumption: a flag byte is a `bool`.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    field: bool,
}

fn main() {}
