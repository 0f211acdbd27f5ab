// Wrong assumption: the type alone makes the ownership field.
use io_core::prelude::*;
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[derive(FromBytes, IntoBytes, Immutable, IoStruct)]
#[repr(C)]
struct Descriptor {
    address: u32,
    flags: OwnBit<u32>,
}

fn f(desc: SysMem<Descriptor>, value: Descriptor) {
    desc.publish(value);
}

fn main() {}
