// Believes that registers of two modes can share their place in a union.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
union Regs {
    host: u32,
    device: u32,
}

fn main() {}
