// Wrong assumption: a register of one device can be read from another.
use io_core::{A4, Loc, Region, prelude::*};

struct UartDevice;
struct TimerDevice;

type Uart = Region<0x40, A4, UartDevice>;
type Timer = Region<0x40, A4, TimerDevice>;

const COUNT: Loc<Timer, Ro<u32>> = Loc::at(0x00);

fn count(uart: Mmio<Uart>) -> u32 {
    uart.read(COUNT)
}

fn main() {}
