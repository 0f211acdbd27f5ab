// Wrong assumption: a device writes only valid `bool`s.
use io_core::prelude::*;

#[repr(C)]
struct Header {
    valid: bool,
}

fn header(header: SysMem<Header>) -> Header {
    header.copy_read()
}

fn main() {}
