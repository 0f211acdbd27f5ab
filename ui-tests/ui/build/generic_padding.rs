// Wrong assumption: a generic block has no gaps for any parameter.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Pair<T> {
    tag: T,
    len: u32,
}

fn len(pair: SysMem<Pair<u16>>) -> u32 {
    io_read!(pair, .len)
}

fn main() {
    let _used: fn(_) -> _ = len;
}
