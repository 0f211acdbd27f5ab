// Wrong assumption: a projection follows a `Box`, as field access does.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Pair(u32, u32);

fn second(pair: SysMem<Box<Pair>>) -> u32 {
    io_read!(pair, .1)
}

fn main() {}
