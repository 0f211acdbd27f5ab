// Wrong assumption: an element is located by adding to the number of a location.
use io_core::{A4, Loc, Region};

struct Nova;
type Bar = Region<0x1000, A4, Nova>;

const SCRATCH: Loc<Bar, [u32; 64]> = Loc::at(0x80);
const FIRMWARE_STATUS: Loc<Bar, u32> = Loc::at(SCRATCH.offset() + 64 * 4);

fn main() {
    let _ = FIRMWARE_STATUS;
}
