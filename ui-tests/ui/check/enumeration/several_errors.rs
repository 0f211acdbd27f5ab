// Several mistakes at once: all of them are reported at once.
use io_core::prelude::*;

#[derive(IoValue)]
#[io(size = 1)]
#[repr(C)]
enum Mode {
    Off,
    #[io(value = 2)]
    On,
    Slow(u8),
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
