// Wrong assumption: a register accessed by offset has no access kind.
use io_core::{Region, prelude::*};

fn reset(bar: Mmio<Region<0x100>>) {
    bar.write_at::<Ro<Le<u32>>>(0x10, 0);
}

fn main() {}
