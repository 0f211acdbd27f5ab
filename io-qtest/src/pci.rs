//! PCI bus 0 of q35, accessed by the ports of configuration mechanism 1.

use crate::bars::{Bar, BarKey, BarKind};
use crate::connection::Held;
use crate::{Error, Qemu, lock};

const CONFIG_ADDRESS: u64 = 0xCF8;
const CONFIG_DATA: u64 = 0xCFC;

const ID: u16 = 0x00;
const COMMAND: u16 = 0x04;
const HEADER_TYPE: u16 = 0x0E;
const FIRST_BAR: u16 = 0x10;

const COMMAND_IO: u16 = 1 << 0;
const COMMAND_MEMORY: u16 = 1 << 1;
const COMMAND_BUS_MASTER: u16 = 1 << 2;
const HEADER_MULTI_FUNCTION: u8 = 1 << 7;
const BAR_IS_IO: u32 = 1 << 0;
const BAR_WIDTH: u32 = 0b110;
const BAR_IS_64_BIT: u32 = 0b100;

/// One function of one device on bus 0.
///
/// ```
/// # fn main() -> Result<(), io_qtest::Error> {
/// let qemu = io_qtest::Machine::q35().device("edu,addr=4").start()?;
/// let edu = qemu.find(0x1234, 0x11E8)?;
/// assert_eq!((edu.slot(), edu.read16(0x00)?), (4, 0x1234));
/// qemu.finish()
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PciDevice<'q> {
    qemu: &'q Qemu,
    at: Function,
    vendor: u16,
    device: u16,
}

/// Slot and function on bus 0.
#[derive(Clone, Copy, Debug)]
struct Function {
    slot: u8,
    function: u8,
}

impl Qemu {
    /// Returns all functions on PCI bus 0, ordered by slot and function.
    ///
    /// # Errors
    ///
    /// * The first failure of the channel.
    pub fn pci_devices(&self) -> Result<Vec<PciDevice<'_>>, Error> {
        let mut found = Vec::new();
        for slot in 0..32 {
            for function in 0..8 {
                let at = Function { slot, function };
                let id = at.read(&mut self.connection().hold(), ID, 4)?;
                let (vendor, device) = (id as u16, (id >> 16) as u16);
                if vendor != 0xFFFF {
                    found.push(PciDevice { qemu: self, at, vendor, device });
                }
                // In QEMU, functions that a device does not have are absent.
                if function == 0 && vendor == 0xFFFF {
                    break;
                }
            }
        }
        Ok(found)
    }

    /// Returns the first function on PCI bus 0 with these ids.
    ///
    /// # Errors
    ///
    /// * [`Error::DeviceNotFound`] if no function on the bus has these ids.
    /// * The first failure of the channel.
    pub fn find(&self, vendor: u16, device: u16) -> Result<PciDevice<'_>, Error> {
        let wanted = |found: &PciDevice<'_>| (found.vendor, found.device) == (vendor, device);
        let found = self.pci_devices()?.into_iter().find(wanted);
        found.ok_or(Error::DeviceNotFound { vendor, device })
    }
}

/// Configuration space is accessed at naturally aligned offsets below 0x100.
impl<'q> PciDevice<'q> {
    /// Returns the machine that contains the device.
    #[must_use]
    pub fn qemu(&self) -> &'q Qemu {
        self.qemu
    }

    /// Returns the vendor id.
    #[must_use]
    pub fn vendor(&self) -> u16 {
        self.vendor
    }

    /// Returns the device id.
    #[must_use]
    pub fn device(&self) -> u16 {
        self.device
    }

    /// Returns the slot on bus 0 (`addr=` of QEMU's device option).
    #[must_use]
    pub fn slot(&self) -> u8 {
        self.at.slot
    }

    /// Returns the function in the slot.
    #[must_use]
    pub fn function(&self) -> u8 {
        self.at.function
    }

    /// Reads 1 byte of configuration space.
    ///
    /// # Errors
    ///
    /// * [`Error::ConfigAccess`] if `offset` is not naturally aligned or not below 0x100.
    /// * The first failure of the channel.
    pub fn read8(&self, offset: u16) -> Result<u8, Error> {
        Ok(self.at.read(&mut self.hold(), offset, 1)? as u8)
    }

    /// Reads 2 bytes of configuration space.
    ///
    /// # Errors
    ///
    /// * The errors of [`read8`](Self::read8).
    pub fn read16(&self, offset: u16) -> Result<u16, Error> {
        Ok(self.at.read(&mut self.hold(), offset, 2)? as u16)
    }

    /// Reads 4 bytes of configuration space.
    ///
    /// # Errors
    ///
    /// * The errors of [`read8`](Self::read8).
    pub fn read32(&self, offset: u16) -> Result<u32, Error> {
        self.at.read(&mut self.hold(), offset, 4)
    }

    /// Writes 1 byte of configuration space.
    ///
    /// # Errors
    ///
    /// * The errors of [`read8`](Self::read8).
    pub fn write8(&self, offset: u16, value: u8) -> Result<(), Error> {
        self.at.write(&mut self.hold(), offset, 1, value.into())
    }

    /// Writes 2 bytes of configuration space.
    ///
    /// # Errors
    ///
    /// * The errors of [`read8`](Self::read8).
    pub fn write16(&self, offset: u16, value: u16) -> Result<(), Error> {
        self.at.write(&mut self.hold(), offset, 2, value.into())
    }

    /// Writes 4 bytes of configuration space.
    ///
    /// # Errors
    ///
    /// * The errors of [`read8`](Self::read8).
    pub fn write32(&self, offset: u16, value: u32) -> Result<(), Error> {
        self.at.write(&mut self.hold(), offset, 4, value)
    }

    /// Enables the device's BARs and DMA.
    ///
    /// # Errors
    ///
    /// * The first failure of the channel.
    pub fn enable(&self) -> Result<(), Error> {
        let mut held = self.hold();
        let command = self.at.read(&mut held, COMMAND, 2)?;
        let on = COMMAND_IO | COMMAND_MEMORY | COMMAND_BUS_MASTER;
        self.at.write(&mut held, COMMAND, 2, command | u32::from(on))
    }

    /// Returns BAR number `index`. The first call sizes and places it. The device responds there
    /// after it is [enabled](Self::enable). The second half of a 64-bit BAR does not have a
    /// separate number.
    ///
    /// # Errors
    ///
    /// * [`Error::BarMissing`] if the device has no BAR with this number.
    /// * [`Error::WindowFull`] if the address window has no space left for the BAR.
    /// * The first failure of the channel.
    pub fn bar(&self, index: u8) -> Result<Bar, Error> {
        let key: BarKey = (self.at.slot, self.at.function, index);
        // Held until the end of the function, to exclude other threads that use the command
        // register or place the same BAR.
        let mut held = self.hold();
        let mut bars = lock(self.qemu.bars());
        if let Some(bar) = bars.get(key) {
            return Ok(bar);
        }
        let at = self.at;
        at.find_bar(&mut held, index)?;
        let command = at.read(&mut held, COMMAND, 2)?;
        let quiet = command & !u32::from(COMMAND_IO | COMMAND_MEMORY);
        // While the BAR contains all ones, the device must not respond there.
        at.write(&mut held, COMMAND, 2, quiet)?;
        let sized = at.size_bar(&mut held, index);
        let bar = sized.and_then(|(kind, size)| bars.place(key, kind, size));
        // 0, the value after a reset, means not placed: the device does not respond there.
        let address = bar.as_ref().map_or(0, |bar| bar.address);
        at.write_bar(&mut held, index, address)?;
        at.write(&mut held, COMMAND, 2, command)?;
        bar
    }

    fn hold(&self) -> Held<'q> {
        self.qemu.connection().hold()
    }
}

impl Function {
    fn read(self, held: &mut Held<'_>, offset: u16, size: u8) -> Result<u32, Error> {
        let port = self.select(held, offset, size)?;
        match size {
            1 => held.load::<u8>("inb", port).map(u32::from),
            2 => held.load::<u16>("inw", port).map(u32::from),
            _ => held.load::<u32>("inl", port),
        }
    }

    fn write(self, held: &mut Held<'_>, offset: u16, size: u8, value: u32) -> Result<(), Error> {
        let port = self.select(held, offset, size)?;
        let op = match size {
            1 => "outb",
            2 => "outw",
            _ => "outl",
        };
        held.store(op, port, value.into())
    }

    /// Writes the address port; returns the data port. The caller holds the channel until the data
    /// port has been accessed.
    fn select(self, held: &mut Held<'_>, offset: u16, size: u8) -> Result<u64, Error> {
        if offset >= 0x100 || !offset.is_multiple_of(size.into()) {
            return Err(Error::ConfigAccess { offset, size });
        }
        let function = u64::from(self.slot) << 11 | u64::from(self.function) << 8;
        let address = 0x8000_0000 | function | u64::from(offset & !3);
        held.store("outl", CONFIG_ADDRESS, address)?;
        Ok(CONFIG_DATA + u64::from(offset & 3))
    }

    /// Checks that a BAR starts at `index` (its type bits are read-only).
    fn find_bar(self, held: &mut Held<'_>, index: u8) -> Result<(), Error> {
        let count = match self.read(held, HEADER_TYPE, 1)? as u8 & !HEADER_MULTI_FUNCTION {
            0 => 6,
            1 => 2,
            _ => 0,
        };
        let mut begin = 0;
        while begin < index.min(count) {
            begin += 1 + u8::from(is_64_bit(self.read(held, bar_offset(begin), 4)?));
        }
        if begin == index && index < count { Ok(()) } else { Err(self.missing(index)) }
    }

    /// Writes all ones to a BAR and determines its size from the bits that stay set.
    fn size_bar(self, held: &mut Held<'_>, index: u8) -> Result<(BarKind, u64), Error> {
        let offset = bar_offset(index);
        self.write(held, offset, 4, u32::MAX)?;
        let low = self.read(held, offset, 4)?;
        let (kind, mask) = if low & BAR_IS_IO != 0 {
            // The upper half of an I/O BAR may be hardwired to 0.
            (BarKind::Io, u64::from(low & !0b11) | !0xFFFF)
        } else if is_64_bit(low) {
            self.write(held, offset + 4, 4, u32::MAX)?;
            let high = self.read(held, offset + 4, 4)?;
            let mask = u64::from(high) << 32 | u64::from(low & !0b1111);
            (BarKind::Memory, mask)
        } else {
            let mask = u64::from(low & !0b1111) | !u64::from(u32::MAX);
            (BarKind::Memory, mask)
        };
        match mask.wrapping_neg() {
            size if low != 0 && size.is_power_of_two() => Ok((kind, size)),
            _ => Err(self.missing(index)),
        }
    }

    fn write_bar(self, held: &mut Held<'_>, index: u8, address: u64) -> Result<(), Error> {
        let offset = bar_offset(index);
        self.write(held, offset, 4, address as u32)?;
        if is_64_bit(self.read(held, offset, 4)?) {
            self.write(held, offset + 4, 4, (address >> 32) as u32)?;
        }
        Ok(())
    }

    fn missing(self, index: u8) -> Error {
        Error::BarMissing { slot: self.slot, function: self.function, index }
    }
}

fn bar_offset(index: u8) -> u16 {
    FIRST_BAR + 4 * u16::from(index)
}

fn is_64_bit(low: u32) -> bool {
    low & BAR_IS_IO == 0 && low & BAR_WIDTH == BAR_IS_64_BIT
}
