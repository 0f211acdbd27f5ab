// Believes that an overlay needs no `overlay`.
use io_core::{Overlay, RoEffect, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Uart {
    thr: Overlay<Wo<u32>>,
    rbr: RoEffect<u8>,
}

fn main() {}
