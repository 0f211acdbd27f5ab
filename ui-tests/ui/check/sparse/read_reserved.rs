// Wrong assumption: reserved bytes can be read one by one.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Timer {
    load: u32,
    reserved: Reserved<4>,
}

fn peek<'a>(timer: impl Io<'a, Target = Timer, Backend: Bus32>) -> u8 {
    io_read!(timer, .reserved)
}

fn main() {}
