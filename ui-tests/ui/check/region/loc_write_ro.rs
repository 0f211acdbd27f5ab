// Wrong assumption: located registers are all read-write.
use io_core::{A4, Loc, Region, prelude::*};

struct TimerDevice;
type Timer = Region<0x80, A4, TimerDevice>;

const COUNT: Loc<Timer, Ro<u32>> = Loc::at(0x00);

fn reset(timer: Mmio<Timer>) {
    timer.write(COUNT, 0);
}

fn main() {}
