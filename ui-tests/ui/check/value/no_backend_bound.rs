// Wrong assumption: a view of any backend can be read.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    ctrl: u32,
}

fn ctrl<'a>(regs: impl Io<'a, Target = Regs>) {
    io_read!(regs, .ctrl);
}

fn main() {}
