// Wrong assumption: a device returns only known values.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(u8)]
enum Mode {
    Off,
    On,
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    mode: Mode,
}

fn mode(regs: Mmio<Regs>) -> Mode {
    io_read!(regs, .mode)
}

fn main() {}
