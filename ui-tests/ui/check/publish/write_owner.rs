// Wrong assumption: an ownership field can be written at any time.
use io_core::prelude::*;
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[derive(FromBytes, IntoBytes, Immutable, IoStruct)]
#[repr(C)]
struct Descriptor {
    address: u64,
    #[io(own_bit)]
    flags: OwnBit<u64>,
}

fn f(desc: SysMem<Descriptor>) {
    io_write!(desc, .flags, 1);
}

fn main() {}
