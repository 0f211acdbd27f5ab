// Wrong assumption: 0x02 is free, where the register before it ends at 0x04.
use io_core::prelude::*;

#[io_struct(size = 0x10)]
struct Timer {
    #[io(at = 0x00)]
    load: u32,
    #[io(at = 0x02)]
    ctrl: u32,
}

fn main() {}
