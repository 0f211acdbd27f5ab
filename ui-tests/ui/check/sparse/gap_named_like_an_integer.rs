// Wrong assumption: a type's name is all that is looked at.
use io_core::prelude::*;

#[allow(non_camel_case_types)]
type u8 = bool;

#[derive(IoStruct)]
#[repr(C)]
struct Desc {
    #[io(gap)]
    on: u8,
}

fn main() {}
