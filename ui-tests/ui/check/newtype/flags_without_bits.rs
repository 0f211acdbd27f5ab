// Forgets how wide the flags are.
use io_core::prelude::*;

bitflags::bitflags! {
    #[derive(IoValue)]
    #[repr(transparent)]
    struct Status: u32 {
        const READY = 1;
    }
}

fn main() {}
