// Wrong assumption: tuple fields are counted from one.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Pair(u32, u32);

#[derive(IoStruct)]
#[repr(C)]
struct Pairs(Pair, Pair);

fn last(pairs: SysMem<Pairs>) -> u32 {
    io_read!(pairs, .1.2)
}

fn main() {}
