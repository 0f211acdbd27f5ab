// Wrong assumption: anything can be a block.
use io_core::prelude::*;

#[io_struct(size = 0x10)]
fn timer() {}

fn main() {
    timer();
}
