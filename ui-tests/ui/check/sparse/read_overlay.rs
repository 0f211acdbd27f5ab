// Wrong assumption: the register that is written can be read back.
use io_core::{RoSideEffect, prelude::*};

#[io_struct]
struct Uart {
    #[io(at = 0x00)]
    rbr: RoSideEffect<u8>,
    #[io(at = 0x00, overlay)]
    thr: Wo<u8>,
}

fn sent<'a>(uart: impl Io<'a, Target = Uart, Backend: Bus32>) -> u8 {
    io_read!(uart, .thr)
}

fn main() {}
