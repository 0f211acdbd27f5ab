// Wrong assumption: a trailing slice of 32-bit registers may start at 0x22.
use io_core::prelude::*;

#[io_struct]
struct Runtime {
    #[io(at = 0x00)]
    mfindex: Ro<Le<u32>>,
    #[io(at = 0x22)]
    interrupters: [Le<u32>],
}

fn main() {}
