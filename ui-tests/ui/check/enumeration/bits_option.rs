// Wrong assumption: an option gives the width.
use io_core::prelude::*;

#[derive(IoValue)]
#[io(bits = u8)]
enum Mode {
    Off,
    On,
}

fn main() {}
