// Wrong assumption: the width of the register is inferred.
use io_core::prelude::*;

#[derive(IoValue)]
enum Mode {
    Off,
    On,
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    mode: Mode,
}

fn start(regs: Mmio<Regs>) {
    io_write!(regs, .mode, Mode::On);
    drop(io_read!(regs, .mode));
}

fn main() {}
