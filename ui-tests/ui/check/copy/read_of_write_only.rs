// Wrong assumption: a copy may read what a single read may not.
use io_core::prelude::*;
use zerocopy::FromBytes;

#[derive(IoStruct, FromBytes)]
#[repr(C)]
struct Regs {
    status: Ro<u32>,
    doorbell: Wo<u32>,
}

fn snapshot(regs: Mmio<Regs>) -> Regs {
    regs.copy_read()
}

fn main() {}
