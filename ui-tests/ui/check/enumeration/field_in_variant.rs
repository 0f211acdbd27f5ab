// Wrong assumption: a variant holds the other bits.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(u8)]
enum Mode {
    Off,
    On(u8),
    Idle { since: u16 },
}

fn main() {}
