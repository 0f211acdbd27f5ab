// Wrong assumption: the offset of an overlay is implied.
use io_core::{RoSideEffect, prelude::*};

#[io_struct]
struct Uart {
    #[io(at = 0x00)]
    rbr: RoSideEffect<u8>,
    #[io(overlay)]
    thr: Wo<u8>,
}

fn main() {}
