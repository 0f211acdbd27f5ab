// Misspells the option.
use io_core::prelude::*;

#[derive(IoValue)]
#[io(crat = ::io_core)]
#[repr(u8)]
enum Mode {
    Off,
    On,
}

fn main() {}
