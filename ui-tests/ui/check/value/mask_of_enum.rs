// Wrong assumption: an enum has bits of several kinds.
use io_core::prelude::*;

#[derive(Clone, Copy, IoValue)]
#[io(w1c = 1)]
#[repr(u8)]
enum Mode {
    Off,
}

fn main() {}
