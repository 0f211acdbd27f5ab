// Wrong assumption: padding in front of the entries goes without saying.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    head: u32,
    entries: [u64],
}

fn main() {}
