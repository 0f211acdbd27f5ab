//! The device as its specification describes it, for tests without hardware.

use alloc::{boxed::Box, vec};
use core::{ops::Range, time::Duration};

use io_core::{Clock, DmaAddr, Width};
use io_sim::{Device, SimClock, SimRam};

use super::registers::{DmaCommand, Irq, Status};

/// How long a factorial takes.
const FACTORIAL_TIME: Duration = Duration::from_micros(20);
/// How long a transfer takes.
const DMA_TIME: Duration = Duration::from_millis(100);
/// The device's buffer, as its DMA engine addresses it.
const BUFFER: Range<u64> = 0x4_0000..0x4_1000;
/// Bits of a bus address that reach memory.
const DMA_MASK: u64 = (1 << 28) - 1;

/// A simulated edu with a DMA engine of its own into simulated memory.
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
    /// A device after reset, in a machine with this memory and this time.
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

    /// A broken device that never finishes what it starts.
    #[must_use]
    pub fn stuck(self) -> Self {
        EduModel { stuck: true, ..self }
    }

    /// The number of rejected accesses: of a wrong width, or transfers out of
    /// its buffer.
    pub fn rejected(&self) -> usize {
        self.rejected
    }

    /// Lets happen what is due.
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

    /// The transfer itself; `None` if it leaves buffer or memory.
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

    /// A write to the transfer's registers, ignored while one runs.
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

/// Whether the device takes an access: 32 bits, from 0x80 on also 64.
fn takes(offset: usize, width: Width) -> bool {
    width == Width::W32 || (width == Width::W64 && offset >= 0x80)
}

impl Device for EduModel {
    fn read(&mut self, offset: usize, width: Width) -> u64 {
        self.tick();
        match width {
            // The bus in front of the device rejects them.
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
        // Registers below 0x80 are 32 bits wide, which `takes` has just made sure of.
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
