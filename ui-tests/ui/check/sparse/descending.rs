// Wrong assumption: registers may be written in any order.
use io_core::prelude::*;

#[io_struct(size = 0x10)]
struct Timer {
    #[io(at = 0x08)]
    ctrl: u32,
    #[io(at = 0x00)]
    load: u32,
}

fn main() {}
