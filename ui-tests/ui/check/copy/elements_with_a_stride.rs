// Wrong assumption: elements with a stride are copied as a slice, and as part of their block.
use io_core::prelude::*;
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[io_struct]
#[derive(FromBytes, Immutable, IntoBytes)]
struct Timer {
    #[io(at = 0x00, stride = 0x08)]
    ctrl: [Le<u32>; 4],
}

fn stop<'a>(timer: impl Io<'a, Target = Timer, Backend: Bus32>) {
    io_project!(timer, .ctrl).copy_from_slice(&[0.into(); 4]);
    io_project!(timer, .ctrl).as_slice();
    timer.copy_read();
}

fn main() {}
