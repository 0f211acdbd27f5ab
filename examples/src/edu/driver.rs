//! The driver: registers and a clock, independent of where the registers are.

use core::{fmt, time::Duration};

use io_core::{CoherentView, Error, prelude::*};

use super::registers::{DmaCommand, Irq, Registers, Status};

/// Low half of [`Registers::id`].
const ID: u32 = 0x00ed;
/// The start of the device's buffer in the address space of its DMA engine.
const BUFFER: DmaAddr = DmaAddr::new(0x4_0000);
/// A transfer that ends at the end of the 4096-byte buffer aborts QEMU 7.2.
const MAX_TRANSFER: usize = 4095;
/// The number of bus address bits of the DMA engine.
const DMA_BITS: u32 = 28;

const FACTORIAL_TIME: Poll =
    Poll::within(Duration::from_millis(100)).every(Duration::from_micros(20));
const DMA_TIME: Poll = Poll::within(Duration::from_secs(2)).every(Duration::from_millis(1));

/// An edu device with registers `I`.
#[derive(Clone, Copy, Debug)]
pub struct Edu<I, C> {
    registers: I,
    clock: C,
}

impl<'a, I, C> Edu<I, C>
where
    I: Io<'a, Target = Registers, Backend: Bus64>,
    C: Clock,
{
    /// Takes control of the device if it is an edu.
    ///
    /// # Errors
    ///
    /// [`Error::Gone`] if no device responds, [`EduError::NotEdu`] if another device does.
    pub fn probe(registers: I, clock: C) -> Result<Self, EduError> {
        if io_project!(registers, .id).is_gone() {
            return Err(Error::Gone.into());
        }
        let id = io_read!(registers, .id);
        if id & 0xffff != ID {
            return Err(EduError::NotEdu { id });
        }
        Ok(Edu { registers, clock })
    }

    /// Returns the identification register: revision and device.
    pub fn id(&self) -> u32 {
        io_read!(self.registers, .id)
    }

    /// Writes `pattern` and returns its complement, which the device should return.
    ///
    /// # Errors
    ///
    /// [`EduError::NotAlive`] if it returns another value.
    pub fn liveness(&self, pattern: u32) -> Result<u32, EduError> {
        io_write!(self.registers, .liveness, pattern);
        match io_read!(self.registers, .liveness) {
            answer if answer == !pattern => Ok(answer),
            answer => Err(EduError::NotAlive { pattern, answer }),
        }
    }

    /// Computes `n!` modulo 2^32.
    ///
    /// # Errors
    ///
    /// [`Error::Timeout`] if the device does not finish.
    pub fn factorial(&self, n: u32) -> Result<u32, EduError> {
        io_write!(self.registers, .factorial, n);
        io_project!(self.registers, .status)
            .poll(&self.clock, FACTORIAL_TIME, |status| !status.contains(Status::COMPUTING))
            .map_err(Error::from)?;
        Ok(io_read!(self.registers, .factorial))
    }

    /// Sets whether a finished factorial raises [`Irq::FACTORIAL`].
    pub fn interrupt_on_factorial(&self, on: bool) {
        io_update!(self.registers, .status, |status| {
            if on { status | Status::IRQ_ON_FACTORIAL } else { status - Status::IRQ_ON_FACTORIAL }
        });
    }

    /// Raises interrupts by software.
    pub fn raise(&self, irq: Irq) {
        io_write!(self.registers, .irq_raise, irq);
    }

    /// Returns the pending interrupts.
    pub fn pending(&self) -> Irq {
        io_read!(self.registers, .irq_status)
    }

    /// Waits until all of `irq` are pending; returns all pending interrupts.
    ///
    /// # Errors
    ///
    /// [`Error::Timeout`] if one of them is not raised in time.
    pub fn wait(&self, irq: Irq) -> Result<Irq, EduError> {
        let pending = io_project!(self.registers, .irq_status)
            .poll(&self.clock, FACTORIAL_TIME, |pending| pending.contains(irq))
            .map_err(Error::from)?;
        Ok(pending)
    }

    /// Acknowledges interrupts; returns those that are still pending.
    pub fn acknowledge(&self, irq: Irq) -> Irq {
        io_write!(self.registers, .irq_ack, irq);
        self.pending()
    }

    /// Copies coherent memory into the device's buffer.
    ///
    /// # Errors
    ///
    /// [`EduError::Transfer`] if the device cannot reach the memory or its buffer is too small,
    /// [`Error::Timeout`] if it does not finish. A transfer cannot be stopped: after a timeout the
    /// device may still use the memory, which must not be freed then.
    pub fn send<T: ?Sized + io_core::KnownSize>(
        &self,
        memory: CoherentView<'_, T>,
    ) -> Result<(), EduError> {
        let address = memory.dma_address();
        self.transfer(address, BUFFER, address, memory.size(), DmaCommand::empty())
    }

    /// Copies the device's buffer into coherent memory.
    ///
    /// # Errors
    ///
    /// The same as those of [`send`](Self::send).
    pub fn receive<T: ?Sized + io_core::KnownSize>(
        &self,
        memory: CoherentView<'_, T>,
    ) -> Result<(), EduError> {
        let address = memory.dma_address();
        self.transfer(BUFFER, address, address, memory.size(), DmaCommand::TO_MEMORY)
    }

    fn transfer(
        &self,
        source: DmaAddr,
        destination: DmaAddr,
        memory: DmaAddr,
        len: usize,
        direction: DmaCommand,
    ) -> Result<(), EduError> {
        let end = memory.checked_add(len as u64).filter(|end| end.raw() <= 1 << DMA_BITS);
        if len == 0 || len > MAX_TRANSFER || end.is_none() {
            return Err(EduError::Transfer { memory, len });
        }
        io_write!(self.registers, .dma_source, source);
        io_write!(self.registers, .dma_destination, destination);
        io_write!(self.registers, .dma_count, len as u64);
        // This write is ordered after all earlier writes to the memory.
        let command = DmaCommand::START | DmaCommand::IRQ | direction;
        io_write!(self.registers, .dma_command, command);
        // Later reads of the memory are ordered after this read.
        io_project!(self.registers, .dma_command)
            .poll(&self.clock, DMA_TIME, |command| !command.contains(DmaCommand::START))
            .map_err(Error::from)?;
        Ok(())
    }
}

/// Errors of the edu driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EduError {
    /// The identification register is that of another device.
    NotEdu {
        /// The value that was read.
        id: u32,
    },
    /// The liveness register did not return the complement.
    NotAlive {
        /// The value that was written.
        pattern: u32,
        /// The value that was read.
        answer: u32,
    },
    /// A transfer that the device does not support.
    Transfer {
        /// Start of the memory.
        memory: DmaAddr,
        /// Its length in bytes.
        len: usize,
    },
    /// The pending interrupts are not those that were expected.
    Interrupt {
        /// The expected interrupts.
        expected: Irq,
        /// The pending interrupts.
        pending: Irq,
    },
    /// The returned data differs, or memory outside the transfer was modified.
    Corrupt {
        /// Index of the first wrong byte or record.
        at: usize,
    },
    /// An error of an access, a timeout or an allocation.
    Io(Error),
}

impl From<Error> for EduError {
    fn from(error: Error) -> Self {
        EduError::Io(error)
    }
}

impl From<io_core::OutOfBound> for EduError {
    fn from(error: io_core::OutOfBound) -> Self {
        EduError::Io(error.into())
    }
}

impl fmt::Display for EduError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EduError::NotEdu { id } => {
                write!(f, "identification {id:#010x} is not that of an edu device")
            }
            EduError::NotAlive { pattern, answer } => {
                write!(f, "liveness register returned {answer:#010x} for {pattern:#010x}")
            }
            EduError::Transfer { memory, len } => {
                write!(f, "the device cannot transfer {len} bytes at {memory}")
            }
            EduError::Interrupt { expected, pending } => {
                let (expected, pending) = (expected.bits(), pending.bits());
                write!(f, "interrupts {pending:#x} are pending instead of {expected:#x}")
            }
            EduError::Corrupt { at } => write!(f, "wrong data at index {at}"),
            EduError::Io(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for EduError {}
