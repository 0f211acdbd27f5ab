// Wrong assumption: a read-only register can be written, over any backend.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: Ro<u32>,
}

fn reset<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    io_write!(regs, .status, 0);
}

fn main() {}
