// Wrong assumption: an index of a location in a macro may be a variable.
use io_core::{A4, Loc, Region, prelude::*};

struct Nova;
type Bar = Region<0x1000, A4, Nova>;

const SCRATCH: Loc<Bar, [Le<u32>; 64]> = Loc::at(0x80);

fn scratch(bar: Mmio<Bar>, i: usize) -> u32 {
    io_read!(bar, build: SCRATCH.element(i))
}

fn main() {}
