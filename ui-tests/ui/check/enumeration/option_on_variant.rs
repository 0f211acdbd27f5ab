// Wrong assumption: an option gives the number.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(u8)]
enum Mode {
    Off,
    #[io(at = 2)]
    On,
}

fn main() {}
