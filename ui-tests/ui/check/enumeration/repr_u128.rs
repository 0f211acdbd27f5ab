// Wrong assumption: a bus carries any integer.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(u128)]
enum Mode {
    Off,
    On,
}

fn main() {}
