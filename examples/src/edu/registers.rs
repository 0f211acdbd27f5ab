//! The register block of BAR 0, as described by the data sheet.

use core::fmt;

use bitflags::bitflags;
use io_core::{SelfClearing, prelude::*};

/// BAR 0. Below 0x80 the device supports 32-bit accesses only, from 0x80 on also 64-bit ones.
#[derive(Debug, IoStruct)]
#[io(size = 0xa0)]
#[repr(C)]
pub struct Registers {
    /// `0xRRrr00ED`: major and minor revision.
    #[io(at = 0x00)]
    pub id: Ro<Le<u32>>,
    /// Reads as the complement of the value that was written.
    #[io(at = 0x04)]
    pub liveness: Le<u32>,
    /// Write `n`, wait until [`Status::COMPUTING`] is cleared, read `n!`.
    #[io(at = 0x08)]
    pub factorial: Le<u32>,
    _reserved0: [u8; 0x14],
    /// State of the factorial unit.
    #[io(at = 0x20)]
    pub status: Le<Status>,
    /// Pending interrupts.
    #[io(at = 0x24)]
    pub irq_status: Ro<Le<Irq>>,
    _reserved1: [u8; 0x38],
    /// Raises the interrupts whose bits are written as one.
    #[io(at = 0x60)]
    pub irq_raise: Wo<Le<Irq>>,
    /// Acknowledges the interrupts whose bits are written as one.
    #[io(at = 0x64)]
    pub irq_ack: Wo<Le<Irq>>,
    _reserved2: [u8; 0x18],
    /// Bus address, or offset in the device's buffer, to read from.
    #[io(at = 0x80)]
    pub dma_source: Le<DmaAddr>,
    /// Bus address, or offset in the device's buffer, to write to.
    #[io(at = 0x88)]
    pub dma_destination: Le<DmaAddr>,
    /// Bytes to transfer.
    #[io(at = 0x90)]
    pub dma_count: Le<u64>,
    /// Starts a transfer; [`DmaCommand::START`] reads as one while it runs.
    #[io(at = 0x98)]
    pub dma_command: SelfClearing<Le<DmaCommand>>,
}

/// State of the factorial unit.
#[derive(Clone, Copy, PartialEq, Eq, IoValue)]
#[repr(transparent)]
pub struct Status(u32);

bitflags! {
    impl Status: u32 {
        /// A factorial is being computed; read-only.
        const COMPUTING = 0x01;
        /// Raise [`Irq::FACTORIAL`] when the computation is finished.
        const IRQ_ON_FACTORIAL = 0x80;
        const _ = !0;
    }
}

/// Interrupt causes.
#[derive(Clone, Copy, PartialEq, Eq, IoValue)]
#[repr(transparent)]
pub struct Irq(u32);

bitflags! {
    impl Irq: u32 {
        /// A factorial is finished.
        const FACTORIAL = 0x001;
        /// A transfer is finished.
        const DMA = 0x100;
        // Software may raise any other bit.
        const _ = !0;
    }
}

/// The command of a transfer.
#[derive(Clone, Copy, PartialEq, Eq, IoValue)]
#[repr(transparent)]
pub struct DmaCommand(u64);

bitflags! {
    impl DmaCommand: u64 {
        /// Starts the transfer; remains set while it is running.
        const START = 0x1;
        /// Transfers from the device's buffer to memory instead of into the buffer.
        const TO_MEMORY = 0x2;
        /// Raises [`Irq::DMA`] at the end.
        const IRQ = 0x4;
        const _ = !0;
    }
}

/// The names of the flags, which a trace prints after the number.
macro_rules! names {
    ($($flags:ident)+) => {$(
        impl fmt::Debug for $flags {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                bitflags::parser::to_writer(self, f)
            }
        }
    )+};
}

names!(Status Irq DmaCommand);
