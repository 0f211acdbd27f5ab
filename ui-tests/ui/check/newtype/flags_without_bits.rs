// Omits the width of the flags.
use io_core::prelude::*;

bitflags::bitflags! {
    #[derive(IoValue)]
    #[repr(transparent)]
    struct Status: u32 {
        const READY = 1;
    }
}

fn main() {}
