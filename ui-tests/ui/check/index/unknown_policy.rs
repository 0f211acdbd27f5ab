// Wrong assumption: the policy for constants is called `const`.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn second(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .chan[const: 1])
}

fn main() {}
