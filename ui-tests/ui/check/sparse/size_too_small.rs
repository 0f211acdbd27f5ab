// Wrong assumption: the block ends at 0x04, where a register ends at 0x08.
use io_core::prelude::*;

#[io_struct(size = 0x04)]
struct Timer {
    #[io(at = 0x00)]
    load: u32,
    #[io(at = 0x04)]
    ctrl: u32,
}

fn main() {}
