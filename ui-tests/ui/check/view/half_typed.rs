// A view can be completed after a dot.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    id: u32,
}

struct Driver<'a> {
    regs: Mmio<'a, Regs>,
}

fn start(driver: &Driver<'_>) {
    io_read!(driver.)
}

fn main() {}
