// An incomplete line, as during typing.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

fn nth(regs: Mmio<Regs>) -> Result<u32, io_core::Error> {
    Ok(io_read!(regs, .chan[try: ]))
}

fn main() {}
