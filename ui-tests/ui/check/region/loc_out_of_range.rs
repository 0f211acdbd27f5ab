// Wrong assumption: the region ends after this register.
use io_core::{Loc, Region, prelude::*};

const CTRL: Loc<Region<0x100>, Le<u32>> = Loc::at(0x100);

fn main() {
    let _ = CTRL;
}
