// Wrong assumption: the region ends after this register.
use io_core::{A4, Loc, Region, prelude::*};

struct Nova;

const CTRL: Loc<Region<0x100, A4, Nova>, Le<u32>> = Loc::at(0x100);

fn main() {
    let _ = CTRL;
}
