// Wrong assumption: an attribute may change a block with a trailing slice.
#![forbid(unsafe_code)]

use io_core::prelude::*;

#[derive(IoStruct)]
#[ui_attributes::replace(u8, u16)]
#[repr(C)]
struct Ring {
    head: u32,
    entries: [u8],
}

fn main() {}
