//! Every write clears the bits: there is no value that an update could write back.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(write_clears = 1)]
#[repr(transparent)]
struct Status(u32);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: Le<Status>,
}

fn main() {
    let mut regs = Regs { status: Status(0).into() };
    io_update!(SysMem::from_mut(&mut regs), .status, |status| status);
}
