// An incomplete line, as during typing.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn f() {
    io_read!();
}

fn main() {}
