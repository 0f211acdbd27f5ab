// Wrong assumption: the options have the names of data sheets.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(w1t = 1, rc = 1, w1c = 1, w1c = 2, ro)]
#[repr(transparent)]
struct Status(u32);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: Le<Status>,
}

fn main() {}
