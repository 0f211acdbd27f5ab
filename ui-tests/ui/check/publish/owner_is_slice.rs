// Wrong assumption: a ring of a run-time length can be the ownership field.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Avail {
    idx: Le<u16>,
    #[io(own_bit)]
    ring: [OwnBit<Le<u16>>],
}

fn main() {}
