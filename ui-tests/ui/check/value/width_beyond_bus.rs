// Wrong assumption: every bus has accesses of 64 bits.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    addr: u64,
}

fn addr<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) -> u64 {
    io_read!(regs, .addr)
}

fn main() {}
