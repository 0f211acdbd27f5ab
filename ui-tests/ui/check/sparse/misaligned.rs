// Wrong assumption: a 32-bit register may lie at 0x06.
use io_core::prelude::*;

#[io_struct(size = 0x10)]
struct Timer {
    #[io(at = 0x00)]
    load: u32,
    #[io(at = 0x06)]
    ctrl: u32,
}

fn main() {}
