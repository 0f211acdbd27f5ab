// Wrong assumption: a bit may have two kinds.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(w1c = 0x3, ro = 0x2)]
#[repr(transparent)]
struct Status(u32);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: Le<Status>,
}

fn main() {}
