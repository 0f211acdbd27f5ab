// Wrong assumption: one enum serves every width.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(u8)]
enum Mode<const WIDTH: usize> {
    Off,
    On,
}

fn main() {}
