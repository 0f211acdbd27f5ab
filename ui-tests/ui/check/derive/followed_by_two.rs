// Wrong assumption: several fields may follow a slice.
use io_core::prelude::*;

#[io_struct]
struct Avail {
    idx: Le<u16>,
    ring: [Le<u16>],
    used_event: Le<u16>,
    reserved: Le<u16>,
}

fn main() {}
