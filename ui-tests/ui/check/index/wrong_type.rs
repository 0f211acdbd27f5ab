// Wrong assumption: an index may be any integer.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn nth(regs: Mmio<Regs>, i: u32) -> Result<u32, io_core::Error> {
    Ok(io_read!(regs, .chan[try: i]))
}

fn main() {}
