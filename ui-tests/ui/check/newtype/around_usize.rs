// Wrong assumption: registers are as wide as pointers.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(transparent)]
struct Status(usize);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: Ro<Le<Status>>,
}

fn status(regs: Mmio<Regs>) -> Status {
    io_read!(regs, .status)
}

fn main() {}
