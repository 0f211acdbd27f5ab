//! A model of the device according to its specification, for tests without hardware.

use alloc::{boxed::Box, vec};
use core::{ops::Range, time::Duration};

use io_core::{Clock, DmaAddr, Width};
use io_sim::{Device, SimClock, SimRam};

use super::registers::{DmaCommand, Irq, Status};

/// The duration of a factorial.
const FACTORIAL_TIME: Duration = Duration::from_micros(20);
/// The duration of a transfer.
const DMA_TIME: Duration = Duration::from_millis(100);
/// The device's buffer in the address space of its DMA engine.
const BUFFER: Range<u64> = 0x4_0000..0x4_1000;
/// The bits of a bus address that the DMA engine uses.
const DMA_MASK: u64 = (1 << 28) - 1;

/// A simulated edu whose DMA engine accesses simulated memory.
#[derive(Debug)]
pub struct EduModel {
    clock: SimClock,
    ram: SimRam,
    buffer: Box<[u8]>,
    liveness: u32,
    factorial: u32,
    status: Status,
    irq: Irq,
    source: u64,
    destination: u64,
    count: u64,
    command: DmaCommand,
    factorial_done: Option<Duration>,
    dma_done: Option<Duration>,
    stuck: bool,
    rejected: usize,
}

impl EduModel {
    /// Creates a device after reset, with this memory and this clock.
    pub fn new(ram: SimRam, clock: SimClock) -> Self {
        EduModel {
            clock,
            ram,
            buffer: vec![0; 4096].into_boxed_slice(),
            liveness: 0,
            factorial: 0,
            status: Status::empty(),
            irq: Irq::empty(),
            source: 0,
            destination: 0,
            count: 0,
            command: DmaCommand::empty(),
            factorial_done: None,
            dma_done: None,
            stuck: false,
            rejected: 0,
        }
    }

    /// Makes the device broken: it never finishes a factorial or transfer.
    #[must_use]
    pub fn stuck(self) -> Self {
        EduModel { stuck: true, ..self }
    }

    /// Returns the number of rejected accesses: those of a wrong width, and transfers outside its
    /// buffer.
    pub fn rejected(&self) -> usize {
        self.rejected
    }

    /// Performs the operations that are due.
    fn tick(&mut self) {
        let due = |done: Option<Duration>| done.is_some_and(|at| at <= self.clock.now());
        let (factorial, dma) = (due(self.factorial_done), due(self.dma_done));
        if self.stuck {
            return;
        }
        if factorial {
            self.factorial_done = None;
            self.factorial = (1..=self.factorial).fold(1, u32::wrapping_mul);
            self.status -= Status::COMPUTING;
            if self.status.contains(Status::IRQ_ON_FACTORIAL) {
                self.irq |= Irq::FACTORIAL;
            }
        }
        if dma {
            self.dma_done = None;
            if self.transfer().is_none() {
                self.rejected += 1;
            }
            self.command -= DmaCommand::START;
            if self.command.contains(DmaCommand::IRQ) {
                self.irq |= Irq::DMA;
            }
        }
    }

    /// Copies the data of a transfer; `None` if it exceeds the buffer or the memory.
    fn transfer(&mut self) -> Option<()> {
        let to_memory = self.command.contains(DmaCommand::TO_MEMORY);
        let (inside, outside) = match to_memory {
            true => (self.source, self.destination),
            false => (self.destination, self.source),
        };
        let start = inside.checked_sub(BUFFER.start)?;
        let end = start.checked_add(self.count)?;
        let part = self.buffer.get_mut(start.try_into().ok()?..end.try_into().ok()?)?;
        let memory = DmaAddr::new(outside & DMA_MASK);
        match to_memory {
            true => self.ram.write(memory, part).ok(),
            false => self.ram.read(memory, part).ok(),
        }
    }

    /// Writes to the transfer's registers; ignored while a transfer is running.
    fn write_dma(&mut self, offset: usize, value: u64) {
        if self.dma_done.is_some() {
            return;
        }
        match offset {
            0x80 => self.source = value,
            0x88 => self.destination = value,
            0x90 => self.count = value,
            _ if DmaCommand::from_bits_retain(value).contains(DmaCommand::START) => {
                self.command = DmaCommand::from_bits_retain(value);
                self.dma_done = Some(self.clock.now() + DMA_TIME);
            }
            _ => {}
        }
    }
}

/// Returns whether the device supports an access: 32 bits, and from 0x80 on also 64 bits.
fn takes(offset: usize, width: Width) -> bool {
    width == Width::W32 || (width == Width::W64 && offset >= 0x80)
}

impl Device for EduModel {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        self.tick();
        match width {
            // The bus rejects accesses of these widths before they reach the device.
            Width::W8 | Width::W16 => {
                self.rejected += 1;
                return 0;
            }
            _ if !takes(offset, width) => return width.all_ones(),
            _ => {}
        }
        let value = match offset {
            0x00 => 0x0100_00ed,
            0x04 => u64::from(!self.liveness),
            0x08 => u64::from(self.factorial),
            0x20 => u64::from(self.status.bits()),
            0x24 => u64::from(self.irq.bits()),
            0x80 => self.source,
            0x88 => self.destination,
            0x90 => self.count,
            0x98 => self.command.bits(),
            _ => u64::MAX,
        };
        value & width.all_ones()
    }

    fn write(&mut self, offset: usize, width: Width, value: u64) {
        self.tick();
        if matches!(width, Width::W8 | Width::W16) {
            self.rejected += 1;
        }
        if !takes(offset, width) {
            return;
        }
        // Registers below 0x80 are 32 bits wide, which `takes` has already checked.
        let word = value as u32;
        match offset {
            0x04 => self.liveness = word,
            0x08 if self.factorial_done.is_none() => {
                self.factorial = word;
                self.status |= Status::COMPUTING;
                self.factorial_done = Some(self.clock.now() + FACTORIAL_TIME);
            }
            0x20 => {
                let computing = self.status & Status::COMPUTING;
                self.status =
                    (Status::from_bits_retain(word) & Status::IRQ_ON_FACTORIAL) | computing;
            }
            0x60 => self.irq |= Irq::from_bits_retain(word),
            0x64 => self.irq -= Irq::from_bits_retain(word),
            0x80 | 0x88 | 0x90 | 0x98 => self.write_dma(offset, value),
            _ => {}
        }
    }
}
