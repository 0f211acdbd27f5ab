// Wrong assumption: every device of the family has a third channel.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs<const N: usize> {
    chan: [u32; N],
}

fn third<const N: usize>(regs: Mmio<Regs<N>>) -> u32 {
    io_read!(regs, .chan[build: 2])
}

fn small(regs: Mmio<Regs<2>>) -> u32 {
    third(regs)
}

fn main() {
    let _used: fn(_) -> _ = small;
}
