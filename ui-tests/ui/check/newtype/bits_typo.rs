// Misspells the option.
use io_core::prelude::*;

bitflags::bitflags! {
    #[derive(IoValue)]
    #[io(bit = u32)]
    #[repr(transparent)]
    struct Status: u32 {
        const READY = 1;
    }
}

fn main() {}
