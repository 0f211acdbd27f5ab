// Wrong assumption: `try` reports the error by itself.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn start(regs: Mmio<Regs>, i: usize) {
    io_write!(regs, .chan[try: i], 1);
}

fn main() {}
