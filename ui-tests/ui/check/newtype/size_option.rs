// Wrong assumption: a value has the options of a block.
use io_core::prelude::*;

#[derive(IoValue)]
#[io(size = 4)]
#[repr(transparent)]
struct Status(u32);

fn main() {}
