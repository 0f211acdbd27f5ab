// Wrong assumption: padding may be sent to a device.
use io_core::prelude::*;

#[repr(C)]
struct Header {
    tag: u8,
    len: u32,
}

fn send(slot: SysMem<Header>, header: Header) {
    slot.copy_write(header);
}

fn main() {}
