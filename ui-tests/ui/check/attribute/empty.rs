// A half-typed line.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    #[io()]
    ctrl: u32,
}

fn main() {}
