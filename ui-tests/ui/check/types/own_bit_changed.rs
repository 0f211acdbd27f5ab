// Wrong assumption: the ownership field has the type that the derive was given.
#![forbid(unsafe_code)]

use io_core::prelude::*;

type Large = OwnBit<u64>;
type Small = [OwnBit<u32>; 2];

#[derive(IoStruct, Clone, Copy)]
#[ui_attributes::replace(Large, Small)]
#[repr(C)]
struct Desc {
    body: u64,
    #[io(own_bit)]
    own_bit: Large,
}

fn main() {}
