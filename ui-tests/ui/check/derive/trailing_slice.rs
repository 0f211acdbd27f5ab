// Believes that a block can end with a table of run-time length.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    head: u32,
    entries: [u32],
}

fn main() {}
