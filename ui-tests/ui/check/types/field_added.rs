// Wrong assumption: a field that another attribute adds need not be a field type.
#![forbid(unsafe_code)]

use io_core::prelude::*;

#[derive(IoStruct)]
#[ui_attributes::replace(last, pointer: &'static u64, last)]
#[repr(C)]
struct Regs {
    first: u64,
    last: u64,
}

fn main() {}
