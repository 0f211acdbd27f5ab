// Wrong assumption: a generic struct's padding is noticed only in projections.
use io_core::prelude::*;

#[derive(IoStruct)]
#[repr(C)]
struct Pair<T> {
    first: u8,
    second: T,
}

fn main() {
    let mut pair = Pair { first: 1, second: 2_u32 };
    let _ = (pair.first, pair.second);
    let _ = SysMem::from_mut(&mut pair);
}
