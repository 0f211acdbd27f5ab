//! From the kernel's registers with a typed base (7.4): status and interrupts of a device.

/// `register!`, over the [stand-in](crate::kernel).
pub mod before {
    use crate::kernel::{Io, Mmio, Region, register};

    pub type Bar = Region<0x100>;

    register! {
        base: Bar;
        pub STATUS: u32 @ 0x20;
        pub IRQ_STATUS: u32 @ 0x24;
        pub IRQ_ACK: u32 @ 0x64;
    }

    const IRQ_ON_FACTORIAL: u32 = 0x80;

    pub fn enable(bar: Mmio<'_, Bar>) {
        bar.update(STATUS, |status| status | IRQ_ON_FACTORIAL);
    }

    pub fn acknowledge(bar: Mmio<'_, Bar>) -> u32 {
        let pending = bar.read(IRQ_STATUS);
        bar.write(IRQ_ACK, pending);
        pending
    }
}

/// Line by line: located registers over untyped memory.
pub mod located {
    use io_core::{A4, Loc, Region, WoW1c, prelude::*};

    pub struct Edu;
    pub type Bar = Region<0x100, A4, Edu>;

    pub const STATUS: Loc<Bar, Le<u32>> = Loc::at(0x20);
    pub const IRQ_STATUS: Loc<Bar, Ro<Le<u32>>> = Loc::at(0x24);
    pub const IRQ_ACK: Loc<Bar, WoW1c<Le<u32>>> = Loc::at(0x64);

    const IRQ_ON_FACTORIAL: u32 = 0x80;

    pub fn enable<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus32>) {
        io_update!(bar, build: STATUS, |status| status | IRQ_ON_FACTORIAL);
    }

    pub fn acknowledge<'a>(bar: impl Io<'a, Target = Bar, Backend: Bus32>) -> u32 {
        let pending = bar.read(IRQ_STATUS);
        io_project!(bar, build: IRQ_ACK).clear_bits(pending);
        pending
    }
}

/// A described block.
pub mod after {
    use io_core::{WoW1c, prelude::*};

    const IRQ_ON_FACTORIAL: u32 = 0x80;

    #[io_struct(size = 0x100)]
    pub struct Registers {
        #[io(at = 0x20)]
        status: Le<u32>,
        #[io(at = 0x24)]
        irq_status: Ro<Le<u32>>,
        #[io(at = 0x64)]
        irq_ack: WoW1c<Le<u32>>,
    }

    pub fn enable<'a>(bar: impl Io<'a, Target = Registers, Backend: Bus32>) {
        io_update!(bar, .status, |status| status | IRQ_ON_FACTORIAL);
    }

    pub fn acknowledge<'a>(bar: impl Io<'a, Target = Registers, Backend: Bus32>) -> u32 {
        let pending = io_read!(bar, .irq_status);
        io_project!(bar, .irq_ack).clear_bits(pending);
        pending
    }
}
