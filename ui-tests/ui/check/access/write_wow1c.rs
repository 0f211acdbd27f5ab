// Wrong assumption: an interrupt is acknowledged by a write of zero to its clear register.
use io_core::{WoW1c, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    clear: WoW1c<Le<u32>>,
}

fn acknowledge<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    io_write!(regs, .clear, 0);
}

fn main() {}
