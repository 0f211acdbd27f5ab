// Wrong assumption: only the outer index of a located array is checked.
use io_core::{A4, Loc, Region, loc, prelude::*};

struct Nova;
type Bar = Region<0x1000, A4, Nova>;

#[derive(IoStruct)]
#[repr(C)]
struct Chan {
    ctrl: Le<u32>,
    data: [Le<u16>; 4],
}

const CHANS: Loc<Bar, [Chan; 4]> = Loc::at(0x40);
const LAST: Loc<Bar, Le<u16>> = loc!(CHANS, [3].data[4]);

fn main() {
    let _ = LAST;
}
