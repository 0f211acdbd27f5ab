// Wrong assumption: one meaning of a union may be an address of this program.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
union Data {
    word: u64,
    text: *const u8,
}

fn main() {}
