// Omits `repr(transparent)`; the uses are right.
use io_core::prelude::*;

#[derive(IoValue)]
struct Status(u32);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: Ro<Le<Status>>,
}

fn status(regs: Mmio<Regs>) -> Status {
    io_read!(regs, .status)
}

fn main() {}
