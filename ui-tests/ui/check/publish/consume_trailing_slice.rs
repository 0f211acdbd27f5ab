// Wrong assumption: a block with a trailing slice is consumed as a whole.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Used {
    #[io(own_bit)]
    idx: OwnBit<Le<u16>>,
    ring: [Le<u16>],
}

fn poll<'a>(used: impl Io<'a, Target = Used, Backend: Bus32>) {
    used.consume(|idx| *idx != 0);
}

fn main() {}
