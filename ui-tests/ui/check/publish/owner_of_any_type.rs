// Wrong assumption: the attribute alone makes an ownership field.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Descriptor {
    address: u32,
    #[io(own_bit)]
    flags: u32,
}

fn main() {}
