// Believes that the attribute alone makes an owner field.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Descriptor {
    address: u32,
    #[io(owner)]
    flags: u32,
}

fn main() {}
