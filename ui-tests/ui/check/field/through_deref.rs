// Wrong assumption: a projection follows `Deref`, as field access does.
use core::ops::Deref;
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: u32,
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: Chan,
}

impl Deref for Regs {
    type Target = Chan;

    fn deref(&self) -> &Chan {
        &self.chan
    }
}

fn read(regs: Mmio<Regs>) -> u32 {
    io_read!(regs, .ctrl)
}

fn main() {}
