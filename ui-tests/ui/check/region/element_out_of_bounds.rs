// Wrong assumption: the register after an array is its next element.
use io_core::{A4, Loc, Region, prelude::*};

struct Nova;
type Bar = Region<0x1000, A4, Nova>;

const SCRATCH: Loc<Bar, [Le<u32>; 64]> = Loc::at(0x80);
const FIRMWARE_STATUS: Loc<Bar, Le<u32>> = SCRATCH.element(64);

fn main() {
    let _ = FIRMWARE_STATUS;
}
