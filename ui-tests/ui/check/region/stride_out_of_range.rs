// Wrong assumption: the region contains all elements of a strided array.
use io_core::{A4, LocArray, Region, prelude::*};

struct Nova;
type Bar = Region<0x1000, A4, Nova>;

const DOORBELL: LocArray<Bar, Wo<u32>, 64> = LocArray::at(0x800, 0x40);

fn main() {
    let _ = DOORBELL;
}
