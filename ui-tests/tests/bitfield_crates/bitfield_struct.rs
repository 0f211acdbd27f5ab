//! `bitfield-struct`, which adds `#[repr(transparent)]` to the struct.

use bitfield_struct::bitfield;

use super::all_uses::all_uses;

#[bitfield(u32)]
#[derive(IoValue, FromBytes, IntoBytes, Immutable)]
struct Status {
    ready: bool,
    #[bits(4)]
    channel: u8,
    #[bits(2)]
    __: u8,
    error: bool,
    #[bits(24)]
    __: u32,
}

all_uses!(
    Status,
    ready: Status::new().with_ready(true),
    set error: |v| v.with_error(true)
);

#[test]
fn named_fields_are_decoded() {
    let mut memory = Status::from_bits(0x1e);
    let status = SysMem::from_mut(&mut memory).read_val();
    assert_eq!((status.channel(), status.ready(), status.error()), (15, false, false));
}
