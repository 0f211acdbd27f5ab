// Wrong assumption: bits of a write-one-to-set register are added by an update.
use io_core::{W1s, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    enable: [W1s<Le<u32>>; 2],
}

fn enable<'a>(regs: impl Io<'a, Target = Regs, Backend: Bus32>) {
    io_update!(regs, .enable[1], |bits| bits | 1);
}

fn main() {}
