// Wrong assumption: plain bits can be written back although a read changes others.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(w1c = 1, read_clears = 2)]
#[repr(transparent)]
struct Status(u32);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: Le<Status>,
}

fn main() {
    let mut regs = Regs { status: Status(0).into() };
    io_project!(SysMem::from_mut(&mut regs), .status).clear_bits(Status(1));
}
