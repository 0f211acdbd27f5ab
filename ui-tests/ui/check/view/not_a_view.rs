// Wrong assumption: a reference to the struct is a view of it.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn ctrl(regs: &Regs) -> u32 {
    io_read!(regs, .ctrl)
}

fn main() {}
