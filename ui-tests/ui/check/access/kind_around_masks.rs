//! A register has the access kind that its type states, and no other.
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
