// Wrong assumption: a 32-bit field may follow any number of 16-bit elements.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Avail {
    flags: Le<u16>,
    idx: Le<u16>,
    #[io(followed_by(event: Le<u32>))]
    ring: [Le<u16>],
}

/// A packed block has no alignment.
#[derive(IoStruct)]
#[repr(C, packed)]
struct Packed {
    flags: [u8; 4],
    #[io(followed_by(event: Le<u32>))]
    ring: [[u8; 4]],
}

fn main() {}
