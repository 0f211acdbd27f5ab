// Wrong assumption: the marker of filled-in bytes hides the padding after them.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    word: u32,
    #[io(gap)]
    rest: Reserved<1>,
}

fn main() {}
