// Wrong assumption: an access kind applies to a value whose type states kinds of its bits.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(w1c = 1)]
#[repr(transparent)]
struct Status(u32);

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    status: Ro<Le<Status>>,
}

fn main() {}
