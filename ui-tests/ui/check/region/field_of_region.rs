// Wrong assumption: an untyped region has named registers.
use io_core::{Region, prelude::*};

fn ctrl(bar: Mmio<Region<0x100>>) -> u32 {
    io_read!(bar, .ctrl)
}

fn main() {}
