// Wrong assumption: the first index of a nested array is checked like all elements in a row.
use io_core::{A4, Loc, Region, prelude::*};

struct Nova;
type Bar = Region<0x1000, A4, Nova>;

const TABLE: Loc<Bar, [[Le<u16>; 4]; 8]> = Loc::at(0x80);
const LAST: Loc<Bar, Le<u16>> = TABLE.element(3).element(4);

fn main() {
    let _ = LAST;
}
