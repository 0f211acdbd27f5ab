// Wrong assumption: the mark of filled-in bytes prevents a check of the field's type.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    #[io(gap)]
    text: &'static u64,
    len: u64,
}

fn main() {}
