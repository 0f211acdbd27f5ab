// Wrong assumption: a location in a part is joined with the location of any part of that size.
use io_core::{A4, Loc, Region, prelude::*};

struct Nova;
struct Processor;
struct Timer;
type Bar = Region<0x1000, A4, Nova>;
type Cpu = Region<0x100, A4, Processor>;
type Clock = Region<0x100, A4, Timer>;

const CPU0: Loc<Bar, Cpu> = Loc::at(0x200);
const COUNT: Loc<Clock, Ro<Le<u32>>> = Loc::at(0x10);
const COUNT0: Loc<Bar, Ro<Le<u32>>> = CPU0.join(COUNT);

fn main() {
    let _ = COUNT0;
}
