// Wrong assumption: two views of a register are a union.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(C)]
union Status {
    raw: u32,
    bytes: [u8; 4],
}

fn main() {}
