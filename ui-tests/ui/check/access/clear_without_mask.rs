// Wrong assumption: bits are cleared by a write, without a statement of the type.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(w1s = 1)]
#[repr(transparent)]
struct Status(u32);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: Le<Status>,
}

fn main() {
    let mut regs = Regs { status: Status(0).into() };
    io_clear_bits!(SysMem::from_mut(&mut regs), .status, Status(1));
}
