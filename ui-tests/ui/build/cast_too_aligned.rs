// Wrong assumption: a region of words is aligned for 64-bit registers.
use io_core::{Region, prelude::*};

fn addr(bar: Mmio<Region<0x100>>) -> usize {
    bar.cast::<u64>().size()
}

fn main() {
    let _used: fn(_) -> _ = addr;
}
