// Wrong assumption: a raw identifier hides the packing.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C, r#packed)]
struct Regs {
    id: u32,
}

fn main() {}
