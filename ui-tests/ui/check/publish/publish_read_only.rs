// Wrong assumption: the driver publishes what the device completes.
use io_core::prelude::*;
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[derive(FromBytes, IntoBytes, Immutable, IoStruct)]
#[repr(C)]
struct Completion {
    result: Ro<u32>,
    #[io(own_bit)]
    phase: OwnBit<u32>,
}

fn f(done: SysMem<Completion>, value: Completion) {
    done.publish(value);
}

fn main() {}
