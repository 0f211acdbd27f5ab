//! From safe-mmio: the channels and interrupts of a PL080 DMA controller.

/// A transfer, as in both drivers.
#[derive(Clone, Copy)]
pub struct Transfer {
    pub source: u32,
    pub destination: u32,
    pub control: u32,
}

/// Unique pointers to fields of wrapper types.
pub mod before {
    use safe_mmio::{
        UniqueMmioPointer, field, field_shared,
        fields::{ReadPure, ReadPureWrite, WriteOnly},
    };

    use super::Transfer;

    const ENABLE: u32 = 1;

    #[repr(C)]
    pub struct Channel {
        source: ReadPureWrite<u32>,
        destination: ReadPureWrite<u32>,
        next: ReadPureWrite<u32>,
        control: ReadPureWrite<u32>,
        configuration: ReadPureWrite<u32>,
        _reserved: [u32; 3],
    }

    #[repr(C)]
    pub struct Registers {
        int_status: ReadPure<u32>,
        int_tc_status: ReadPure<u32>,
        int_tc_clear: WriteOnly<u32>,
        _reserved: [u32; 61],
        channels: [Channel; 8],
    }

    pub struct Dma<'a> {
        registers: UniqueMmioPointer<'a, Registers>,
    }

    impl<'a> Dma<'a> {
        pub fn new(registers: UniqueMmioPointer<'a, Registers>) -> Self {
            Dma { registers }
        }

        pub fn start(&mut self, channel: usize, transfer: Transfer) -> Option<()> {
            let mut channels = field!(self.registers, channels);
            let mut channel = channels.get(channel)?;
            field!(channel, source).write(transfer.source);
            field!(channel, destination).write(transfer.destination);
            field!(channel, next).write(0);
            field!(channel, control).write(transfer.control);
            field!(channel, configuration).modify(|configuration| configuration | ENABLE);
            Some(())
        }

        pub fn acknowledge(&mut self) -> u32 {
            let done = field_shared!(self.registers, int_tc_status).read();
            field!(self.registers, int_tc_clear).write(done);
            done
        }
    }
}

/// A view of the registers.
pub mod after {
    use io_core::{OutOfBound, WoW1c, prelude::*};

    use super::Transfer;

    const ENABLE: u32 = 1;

    #[io_struct(size = 0x20)]
    pub struct Channel {
        #[io(at = 0x00)]
        source: Le<u32>,
        #[io(at = 0x04)]
        destination: Le<u32>,
        #[io(at = 0x08)]
        next: Le<u32>,
        #[io(at = 0x0c)]
        control: Le<u32>,
        #[io(at = 0x10)]
        configuration: Le<u32>,
    }

    #[io_struct(size = 0x200)]
    pub struct Registers {
        #[io(at = 0x000)]
        int_status: Ro<Le<u32>>,
        #[io(at = 0x004)]
        int_tc_status: Ro<Le<u32>>,
        #[io(at = 0x008)]
        int_tc_clear: WoW1c<Le<u32>>,
        #[io(at = 0x100, stride = 0x20)]
        channels: [Channel; 8],
    }

    pub struct Dma<I> {
        registers: I,
    }

    impl<'a, I: Io<'a, Target = Registers, Backend: Bus32>> Dma<I> {
        pub fn new(registers: I) -> Self {
            Dma { registers }
        }

        pub fn start(&mut self, channel: usize, transfer: Transfer) -> Result<(), OutOfBound> {
            let channel = io_project!(self.registers, .channels[try: channel]);
            io_write!(channel, .source, transfer.source);
            io_write!(channel, .destination, transfer.destination);
            io_write!(channel, .next, 0);
            io_write!(channel, .control, transfer.control);
            io_update!(channel, .configuration, |configuration| configuration | ENABLE);
            Ok(())
        }

        pub fn acknowledge(&mut self) -> u32 {
            let done = io_read!(self.registers, .int_tc_status);
            io_project!(self.registers, .int_tc_clear).clear_bits(done);
            done
        }
    }
}
