//! `bilge`, which adds `#[repr(transparent)]` to the struct.

use bilge::prelude::{DebugBits, FromBits, bitsize, u2, u4};

use super::all_uses::all_uses;

#[bitsize(32)]
#[derive(Clone, Copy, FromBits, DebugBits, IoValue, FromBytes, IntoBytes, Immutable)]
struct Status {
    ready: bool,
    channel: u4,
    reserved: u2,
    error: bool,
    noise: bilge::prelude::u24,
}

fn ready() -> Status {
    Status::from(1)
}

fn with_error(mut status: Status) -> Status {
    status.set_error(true);
    status
}

all_uses!(Status, ready: ready(), set error: with_error);

#[test]
fn named_fields_are_decoded() {
    let mut memory = Status::from(0x1e);
    let status = SysMem::from_mut(&mut memory).read_val();
    assert_eq!((status.channel(), status.ready(), status.error()), (u4::new(15), false, false));
}
