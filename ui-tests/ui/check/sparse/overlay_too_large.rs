// Wrong assumption: an overlay may extend past the end of the block.
use io_core::{RoSideEffect, prelude::*};

#[io_struct]
struct Uart {
    #[io(at = 0x00)]
    rbr: RoSideEffect<u8>,
    #[io(at = 0x00, overlay)]
    fifo: [Wo<u8>; 4],
}

fn main() {}
