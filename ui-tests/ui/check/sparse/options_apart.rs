// Wrong assumption: the size is an option of `#[io(…)]` here as well.
use io_core::prelude::*;

#[io_struct]
#[io(size = 0x10)]
struct Timer {
    load: u32,
}

fn main() {}
