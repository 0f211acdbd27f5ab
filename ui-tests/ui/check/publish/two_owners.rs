// Wrong assumption: two fields can hand a struct over.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Ring {
    #[io(own_bit)]
    head: OwnBit<u32>,
    #[io(own_bit)]
    tail: OwnBit<u32>,
}

fn main() {}
