// Wrong assumption: a register may start anywhere.
use io_core::{Loc, Region, prelude::*};

const CTRL: Loc<Region<0x100>, Le<u32>> = Loc::at(0x22);

fn main() {
    let _ = CTRL;
}
