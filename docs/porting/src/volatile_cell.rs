//! From `VolatileCell`: a timer with a counter in two halves and four channels.

/// A reference to a struct of cells.
pub mod before {
    use vcell::VolatileCell;

    const ENABLE: u32 = 1;

    #[repr(C)]
    pub struct Channel {
        compare_lo: VolatileCell<u32>,
        compare_hi: VolatileCell<u32>,
        control: VolatileCell<u32>,
        _reserved: u32,
    }

    #[repr(C)]
    pub struct Registers {
        control: VolatileCell<u32>,
        irq: VolatileCell<u32>,
        count_lo: VolatileCell<u32>,
        count_hi: VolatileCell<u32>,
        channels: [Channel; 4],
    }

    pub struct Timer<'a> {
        registers: &'a Registers,
    }

    impl<'a> Timer<'a> {
        pub fn new(registers: &'a Registers) -> Self {
            registers.control.set(ENABLE);
            Timer { registers }
        }

        pub fn now(&self) -> u64 {
            loop {
                let high = self.registers.count_hi.get();
                let low = self.registers.count_lo.get();
                if self.registers.count_hi.get() == high {
                    return u64::from(high) << 32 | u64::from(low);
                }
            }
        }

        pub fn arm(&self, channel: usize, time: u64) {
            let channel = &self.registers.channels[channel];
            channel.compare_lo.set(time as u32);
            channel.compare_hi.set((time >> 32) as u32);
            channel.control.set(channel.control.get() | ENABLE);
        }

        pub fn acknowledge(&self) -> u32 {
            let pending = self.registers.irq.get();
            self.registers.irq.set(pending);
            pending
        }
    }
}

/// A view of the registers.
pub mod after {
    use io_core::prelude::*;

    const ENABLE: u32 = 1;

    #[io_struct(size = 0x10)]
    pub struct Channel {
        #[io(at = 0x00)]
        compare: LoHi<Le<u64>>,
        #[io(at = 0x08)]
        control: Le<u32>,
    }

    #[io_struct(size = 0x50)]
    pub struct Registers {
        #[io(at = 0x00)]
        control: Le<u32>,
        #[io(at = 0x04)]
        irq: W1c<Le<u32>>,
        #[io(at = 0x08)]
        count_lo: Ro<Le<u32>>,
        #[io(at = 0x0c)]
        count_hi: Ro<Le<u32>>,
        #[io(at = 0x10, stride = 0x10)]
        channels: [Channel; 4],
    }

    pub struct Timer<I> {
        registers: I,
    }

    impl<'a, I: Io<'a, Target = Registers, Backend: Bus32>> Timer<I> {
        pub fn new(registers: I) -> Self {
            io_write!(registers, .control, ENABLE);
            Timer { registers }
        }

        pub fn now(&self) -> u64 {
            loop {
                let high = io_read!(self.registers, .count_hi);
                let low = io_read!(self.registers, .count_lo);
                if io_read!(self.registers, .count_hi) == high {
                    return u64::from(high) << 32 | u64::from(low);
                }
            }
        }

        pub fn arm(&self, channel: usize, time: u64) {
            let channel = io_project!(self.registers, .channels[panic: channel]);
            io_write!(channel, .compare, time);
            io_update!(channel, .control, |control| control | ENABLE);
        }

        pub fn acknowledge(&self) -> u32 {
            let pending = io_read!(self.registers, .irq);
            io_project!(self.registers, .irq).clear_bits(pending);
            pending
        }
    }
}
