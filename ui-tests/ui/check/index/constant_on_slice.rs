// Wrong assumption: a ring of run-time length has an element 0 for sure.
use io_core::prelude::*;

fn first(ring: SysMem<[u32]>) -> u32 {
    io_read!(ring, [0])
}

fn main() {}
