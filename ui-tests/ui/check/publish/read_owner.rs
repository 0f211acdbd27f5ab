// Wrong assumption: an ownership field can be read at any time.
use io_core::prelude::*;
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[derive(FromBytes, IntoBytes, Immutable, IoStruct)]
#[repr(C)]
struct Descriptor {
    address: u64,
    #[io(own_bit)]
    flags: OwnBit<u64>,
}

fn f(desc: SysMem<Descriptor>) -> u64 {
    io_read!(desc, .flags)
}

fn main() {}
