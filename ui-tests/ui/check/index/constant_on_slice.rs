// Wrong assumption: a slice always has an element 0.
use io_core::prelude::*;

fn first(ring: SysMem<[u32]>) -> u32 {
    io_read!(ring, [0])
}

fn main() {}
