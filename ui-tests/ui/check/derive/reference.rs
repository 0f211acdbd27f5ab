// Wrong assumption: a descriptor can hold a Rust reference.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc<'a> {
    field: &'a u32,
}

fn main() {}
