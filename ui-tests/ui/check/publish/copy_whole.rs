// Wrong assumption: a descriptor with an ownership field can be copied as a whole.
use io_core::prelude::*;
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[derive(FromBytes, IntoBytes, Immutable, IoStruct)]
#[repr(C)]
struct Descriptor {
    address: u64,
    #[io(own_bit)]
    flags: OwnBit<u64>,
}

fn f(desc: SysMem<Descriptor>, value: Descriptor) {
    desc.copy_write(value);
}

fn main() {}
