// Wrong assumption: any error type is accepted.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    chan: [u32; 4],
}

struct DriverError;

fn start(regs: Mmio<Regs>, i: usize) -> Result<(), DriverError> {
    io_write!(regs, .chan[try: i], 1);
    Ok(())
}

fn main() {}
