// Wrong assumption: a location proved for an aligned region is also correct for any other region.
use io_core::{A4, A8, Loc, Region, prelude::*};

struct Nova;

const COUNT: Loc<Region<0x40, A8, Nova>, u64> = Loc::at(0x08);

fn count(nova: Mmio<Region<0x40, A4, Nova>>) -> u64 {
    nova.read(COUNT)
}

fn main() {}
