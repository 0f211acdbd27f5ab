// Wrong assumption: a value which may be unknown can be changed.
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
    mode: Rw<Mode>,
}

fn toggle(regs: Mmio<Regs>) {
    io_update!(regs, .mode, |mode| mode);
}

fn main() {}
