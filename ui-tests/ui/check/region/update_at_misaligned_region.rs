// Wrong assumption: the default alignment of a region is that of its widest access.
use io_core::{Region, prelude::*};

fn enable(device: Mmio<Region<0x100>>) {
    device.update_at::<Le<u64>>(0x10, |ctrl| ctrl | 1);
}

fn main() {}
