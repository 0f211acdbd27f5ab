// Wrong assumption: elements at a stride may end outside the address space.
use io_core::prelude::*;

#[io_struct]
struct Block {
    #[io(at = 0x2000, stride = 0x1000)]
    words: [u32; usize::MAX / 0x1000],
    #[io(at = 0x2000)]
    tail: [u32],
}

fn main() {}
