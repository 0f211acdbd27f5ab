// Wrong assumption: the field of a located block has the name of the data sheet.
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
const CONTROL: Loc<Bar, Le<u32>> = loc!(CHANS.element(2), .control);

fn main() {
    let _ = CONTROL;
}
