// Wrong assumption: the padding after the header exists even if there is no element.
use io_core::{Overlay, prelude::*};

#[derive(IoStruct)]
#[repr(C)]
struct Block {
    #[io(at = 0, overlay)]
    words: Overlay<[u8; 8]>,
    word: u32,
    byte: u8,
    tail: [u8],
}

fn main() {}
