// Wrong assumption: a struct can have two ownership fields.
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
