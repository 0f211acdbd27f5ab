// Wrong assumption: padding before the entries need not be declared.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    head: u32,
    entries: [u64],
}

fn main() {}
