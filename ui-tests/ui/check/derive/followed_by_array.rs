// Wrong assumption: `followed_by` inserts a field after any field.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Avail {
    idx: Le<u16>,
    #[io(followed_by(used_event: Le<u16>))]
    ring: [Le<u16>; 8],
}

fn main() {}
