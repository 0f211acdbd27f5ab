// Wrong assumption: in a macro, the device of a location is not compared.
use io_core::{A4, Loc, Region, prelude::*};

struct UartDevice;
struct TimerDevice;

type Uart = Region<0x40, A4, UartDevice>;
type Timer = Region<0x40, A4, TimerDevice>;

const LOAD: Loc<Timer, u32> = Loc::at(0x00);

fn load(uart: Mmio<Uart>) {
    io_update!(uart, build: LOAD, |load| load | 1);
}

fn main() {}
