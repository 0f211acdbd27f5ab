// Wrong assumption: a trailing slice may start before the end of the header.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Head {
    words: [Le<u32>; 3],
}

#[io_struct]
struct Table {
    #[io(at = 0x00)]
    head: Head,
    #[io(at = 0x08)]
    entries: [Le<u32>],
}

fn main() {}
