// Wrong assumption: an alignment gives the register its stride.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(u8, align(4))]
enum Mode {
    Off,
    On,
}

fn main() {}
