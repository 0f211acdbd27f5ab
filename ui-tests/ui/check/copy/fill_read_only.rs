// Wrong assumption: filling is not a write.
use io_core::prelude::*;

#[derive(zerocopy::FromBytes, IoStruct)]
#[repr(C)]
struct Regs {
    status: Ro<u32>,
}

fn reset(regs: Mmio<Regs>) {
    regs.fill(0);
}

fn main() {}
