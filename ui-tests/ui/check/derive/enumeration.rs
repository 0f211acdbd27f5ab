// Wrong assumption: a register block can be an enum.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
enum Regs {
    Off,
    On,
}

fn main() {}
