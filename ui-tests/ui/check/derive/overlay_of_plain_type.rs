// Believes that the derive can lay a field over another.
use io_core::{RoEffect, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Uart {
    rbr: RoEffect<u8>,
    #[io(overlay)]
    thr: Wo<u8>,
}

fn main() {}
