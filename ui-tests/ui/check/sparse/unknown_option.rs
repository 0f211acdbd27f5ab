// Wrong assumption: the option is called `length`.
use io_core::prelude::*;

#[io_struct(length = 0x10)]
struct Timer {
    load: u32,
}

fn read<'a>(timer: impl Io<'a, Target = Timer, Backend: Bus32>) -> u32 {
    io_read!(timer, .load)
}

fn main() {}
