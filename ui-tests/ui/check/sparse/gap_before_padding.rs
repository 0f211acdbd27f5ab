// Believes that the mark of filled-in bytes hides padding behind them.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    word: u32,
    #[io(gap)]
    rest: Reserved<1>,
}

fn main() {}
