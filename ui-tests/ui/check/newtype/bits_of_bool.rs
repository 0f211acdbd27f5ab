// Wrong assumption: flags can be booleans.
use io_core::prelude::*;

bitflags::bitflags! {
    #[derive(IoValue)]
    #[io(bits = bool)]
    #[repr(transparent)]
    struct Status: u32 {
        const READY = 1;
    }
}

fn main() {}
