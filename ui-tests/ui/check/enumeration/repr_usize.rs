// Wrong assumption: registers are as wide as pointers.
use io_core::prelude::*;

#[derive(IoValue)]
#[repr(usize)]
enum Mode {
    Off,
    On,
}

fn main() {}
