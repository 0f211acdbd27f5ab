// Wrong assumption: a union can be laid out with gaps.
use io_core::prelude::*;

#[io_struct(size = 0x10)]
union Data {
    rx: Ro<u32>,
    tx: Wo<u32>,
}

fn main() {}
