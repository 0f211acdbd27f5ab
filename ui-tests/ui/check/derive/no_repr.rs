// Wrong assumption: fields stay in the order they are written.
use io_core::prelude::*;

#[derive(IoStruct)]
struct Regs {
    ctrl: u32,
}

fn main() {}
