// Wrong assumption: a checked cast takes any view.
use io_core::{Error, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: Ro<u32>,
}

fn reset(regs: Mmio<Regs>) -> Result<(), Error> {
    regs.try_cast::<u32>()?.write_val(0);
    Ok(())
}

fn main() {}
