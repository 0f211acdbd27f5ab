// Wrong assumption: a located register is written after `at:`.
use io_core::{Loc, Region, prelude::*};

const CTRL: Loc<Region<0x100>, u32> = Loc::at(0x20);

fn view(bar: Mmio<Region<0x100>>) {
    let _ = io_project!(bar, at: CTRL);
}

fn main() {}
