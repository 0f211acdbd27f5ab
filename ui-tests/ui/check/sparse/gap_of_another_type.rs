// Wrong assumption: the mark of filled-in bytes keeps the field's type from being looked at.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    #[io(gap)]
    text: &'static u64,
    len: u64,
}

fn main() {}
