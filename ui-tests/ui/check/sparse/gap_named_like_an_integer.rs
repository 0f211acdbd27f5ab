// Wrong assumption: only the name of a type is examined.
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
