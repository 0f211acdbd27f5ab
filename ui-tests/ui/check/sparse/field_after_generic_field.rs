// Wrong assumption: the bytes after a field of unknown size can be counted.
use io_core::prelude::*;

#[io_struct]
struct Bank<T> {
    head: T,
    #[io(at = 0x10)]
    ctrl: u32,
}

fn main() {}
