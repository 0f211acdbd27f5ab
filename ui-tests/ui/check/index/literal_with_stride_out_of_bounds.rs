// Wrong assumption: the fourth of three elements with a stride has the index 3.
use io_core::prelude::*;

#[io_struct]
struct Timer {
    #[io(at = 0x00, stride = 0x08)]
    ctrl: [Le<u32>; 3],
}

fn stop<'a>(timer: impl Io<'a, Target = Timer, Backend: Bus32>) {
    io_write!(timer, .ctrl[3], 0);
}

fn main() {}
