//! `bitbybit`, which adds `#[repr(C)]` to the struct.

#![expect(unreachable_pub, reason = "of items that the crate generates")]

use arbitrary_int::u4;
use bitbybit::bitfield;

use super::all_uses::all_uses;

#[bitfield(u32, default = 0)]
#[derive(IoValue, FromBytes, IntoBytes, Immutable)]
struct Status {
    #[bit(0, rw)]
    ready: bool,
    #[bits(1..=4, rw)]
    channel: u4,
    #[bit(7, rw)]
    error: bool,
}

all_uses!(
    Status,
    ready: Status::DEFAULT.with_ready(true),
    set error: |v| v.with_error(true)
);

#[test]
fn named_fields_are_decoded() {
    let mut memory = Status::new_with_raw_value(0x1e);
    let status = SysMem::from_mut(&mut memory).read_val();
    assert_eq!((status.channel(), status.ready(), status.error()), (u4::new(15), false, false));
}
