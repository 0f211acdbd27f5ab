// States a width that differs from the width of the flags.
use io_core::prelude::*;

#[derive(IoValue)]
#[io(bits = u16)]
#[repr(transparent)]
struct Status(u32);

impl Status {
    fn bits(&self) -> u16 {
        self.0 as u16
    }

    fn from_bits_retain(bits: u16) -> Self {
        Status(bits.into())
    }
}

fn main() {}
