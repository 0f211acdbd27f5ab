// Wrong assumption: a register of one device can be read from another.
use io_core::{Loc, Region, prelude::*};

type Uart = Region<0x40>;
type Timer = Region<0x80>;

const COUNT: Loc<Timer, Ro<u32>> = Loc::at(0x00);

fn count(uart: Mmio<Uart>) -> u32 {
    uart.read(COUNT)
}

fn main() {}
