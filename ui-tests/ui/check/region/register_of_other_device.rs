// Wrong assumption: a value can be written to any device that has a register at its offset.
use io_core::{A4, Loc, Region, Register, prelude::*};

struct Uart;
struct Timer;

#[derive(Clone, Copy, IoValue)]
#[repr(transparent)]
struct Load(u32);

impl Register for Load {
    type Region = Region<0x40, A4, Timer>;
    type Field = Le<Load>;
    const LOC: Loc<Self::Region, Le<Load>> = Loc::at(0x00);
}

fn load(uart: Mmio<Region<0x40, A4, Uart>>) {
    uart.write_reg(Load(1));
}

fn main() {}
