// Wrong assumption: a register of which every write clears bits can be updated.
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
