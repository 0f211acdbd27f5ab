// Wrong assumption: a macro in the type of a trailing slice expands to the same type each time.
#![forbid(unsafe_code)]

use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    head: u32,
    entries: [ui_attributes::alternating!(Ro<u32>, Wo<u32>)],
}

fn main() {}
