// Wrong assumption: a mask may be wider than the register.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(w1c = 0x1_0000_u32)]
#[repr(transparent)]
struct Status(u16);

fn main() {}
