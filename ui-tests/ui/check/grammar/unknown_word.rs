// Wrong assumption: a located register is written after `at:`.
use io_core::{A4, Loc, Region, prelude::*};

struct Nova;
type Bar = Region<0x100, A4, Nova>;

const CTRL: Loc<Bar, u32> = Loc::at(0x20);

fn view(bar: Mmio<Bar>) {
    let _ = io_project!(bar, at: CTRL);
}

fn main() {}
