// Wrong assumption: a write clears every bit of the register.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(w1c = 1 << 17)]
#[repr(transparent)]
struct Status(u32);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: Le<Status>,
}

const POWER: Status = Status(1 << 9);

fn main() {
    let mut regs = Regs { status: Status(0).into() };
    let regs = SysMem::from_mut(&mut regs);
    io_clear_bits!(regs, .status, build: Status(1 << 17));
    io_clear_bits!(regs, .status, build: POWER);
    io_clear_bits!(regs, .status, build: Status(POWER.0 | 1 << 17));
}
