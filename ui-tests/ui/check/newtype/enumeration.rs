// Believes that every bit pattern is one of the variants.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(u32)]
enum Mode {
    Off = 0,
    On = 1,
}

fn main() {}
