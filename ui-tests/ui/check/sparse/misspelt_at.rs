// Wrong assumption: the offset's option is called `offset`.
use io_core::prelude::*;

#[io_struct(size = 0x10)]
struct Timer {
    #[io(offset = 0x04)]
    load: u32,
}

fn main() {}
