// Wrong assumption: the number of doorbells is only a hint.
use io_core::{A4, Loc, Region, prelude::*};

struct Nova;
type Bar = Region<0x1000, A4, Nova>;

const DOORBELL: io_core::LocArray<Bar, Wo<u32>, 8> = io_core::LocArray::at(0x800, 0x40);
const LAST: Loc<Bar, Wo<u32>> = DOORBELL.element(8);

fn main() {
    let _ = LAST;
}
