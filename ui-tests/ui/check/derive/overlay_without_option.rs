// Wrong assumption: an overlay needs no `overlay`.
use io_core::{Overlay, RoSideEffect, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Uart {
    thr: Overlay<Wo<u32>>,
    rbr: RoSideEffect<u8>,
}

fn main() {}
