// Wrong assumption: the device of a location in a variable is not compared.
use io_core::{A4, Loc, Region, prelude::*};

struct Uart;
struct Timer;

const LOAD: Loc<Region<0x40, A4, Timer>, u32> = Loc::at(0x00);

fn load(uart: Mmio<Region<0x40, A4, Uart>>) -> u32 {
    let place = LOAD;
    uart.at(place).read_val()
}

fn main() {}
