// Wrong assumption: the location of a field has no access kind.
use io_core::{A4, Loc, Region, loc, prelude::*};

struct Nova;
type Bar = Region<0x1000, A4, Nova>;

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    count: Ro<Le<u32>>,
}

const CHAN: Loc<Bar, Chan> = Loc::at(0x40);

fn reset(bar: Mmio<Bar>) {
    bar.write(loc!(CHAN, .count), 0);
}

fn main() {}
