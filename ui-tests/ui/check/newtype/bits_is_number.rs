// Wrong assumption: the width is a number.
use io_core::prelude::*;

bitflags::bitflags! {
    #[derive(IoValue)]
    #[io(bits = 32)]
    #[repr(transparent)]
    struct Status: u32 {
        const READY = 1;
    }
}

fn main() {}
