// Wrong assumption: the address of a region is aligned for every register.
use io_core::{A4, Region, prelude::*};

fn counter(device: Mmio<Region<0x100, A4>>) -> u64 {
    device.read_at::<u64>(8)
}

fn main() {}
