// Wrong assumption: an enum has a byte order.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(u16)]
enum Speed {
    Slow = 10,
    Fast = 100,
}

#[derive(IoStruct)]
#[repr(C)]
struct Regs {
    speed: Ro<Le<Speed>>,
}

fn main() {}
