// Wrong assumption: another attribute does not change the layout.
#![forbid(unsafe_code)]

use io_core::prelude::*;

#[derive(IoStruct)]
#[ui_attributes::replace(C, C, packed(2))]
#[repr(C)]
struct Regs {
    first: u32,
    last: u32,
}

fn main() {}
