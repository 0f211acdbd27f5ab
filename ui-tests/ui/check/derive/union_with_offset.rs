// Wrong assumption: the fields of a union have offsets.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
union Data {
    #[io(at = 0)]
    word: u32,
    bytes: [u8; 4],
}

fn main() {}
