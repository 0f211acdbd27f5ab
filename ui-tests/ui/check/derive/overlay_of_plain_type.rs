// Wrong assumption: the derive can lay a field over another.
use io_core::{RoSideEffect, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Uart {
    rbr: RoSideEffect<u8>,
    #[io(overlay)]
    thr: Wo<u8>,
}

fn main() {}
