// Wrong assumption: a register with command bits is a FIFO.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(w1c = 1)]
#[repr(transparent)]
struct Status(u32);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: Le<Status>,
}

fn main() {
    let mut regs = Regs { status: Status(0).into() };
    io_project!(SysMem::from_mut(&mut regs), .status).write_fifo(&[Status(1)]);
}
