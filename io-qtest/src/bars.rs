//! Placement of BARs: the part of a PC's firmware that assigns addresses.

use crate::Error;

/// The address space that a BAR decodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarKind {
    /// Memory addresses.
    Memory,
    /// I/O ports.
    Io,
}

/// A BAR and its location in the address space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// First address or port, a multiple of `size`.
    pub address: u64,
    /// Size in bytes, a power of two.
    pub size: u64,
    /// The address space of `address`: memory or I/O ports.
    pub kind: BarKind,
}

/// Identifies a BAR: slot, function, index.
pub(crate) type BarKey = (u8, u8, u8);

/// The BARs placed so far. Addresses are never reused, so that an address in the trace identifies
/// one BAR permanently.
#[derive(Debug)]
pub(crate) struct Bars {
    placed: Vec<(BarKey, Bar)>,
    memory: Window,
    io: Window,
}

#[derive(Debug)]
struct Window {
    next: u64,
    end: u64,
}

impl Bars {
    pub(crate) fn new() -> Self {
        Self {
            placed: Vec::new(),
            // Above the RAM and PCIEXBAR of q35, below the I/O APIC.
            memory: Window { next: 0xE000_0000, end: 0xFEC0_0000 },
            io: Window { next: 0xC000, end: 0x1_0000 },
        }
    }

    /// Returns a BAR that has been placed.
    pub(crate) fn get(&self, key: BarKey) -> Option<Bar> {
        let found = self.placed.iter().find(|(placed, _)| *placed == key);
        found.map(|&(_, bar)| bar)
    }

    /// Places a BAR.
    pub(crate) fn place(&mut self, key: BarKey, kind: BarKind, size: u64) -> Result<Bar, Error> {
        let window = match kind {
            BarKind::Memory => &mut self.memory,
            BarKind::Io => &mut self.io,
        };
        let address = window.take(size).ok_or(Error::WindowFull { size })?;
        let bar = Bar { address, size, kind };
        self.placed.push((key, bar));
        Ok(bar)
    }

    /// Returns the offset of an address in the BAR that contains it. (The two windows do not
    /// overlap: an address below 0x10000 is a port.)
    pub(crate) fn offset_of(&self, address: u64) -> Option<u64> {
        let offsets = self.placed.iter().map(|(_, bar)| {
            let offset = address.checked_sub(bar.address)?;
            (offset < bar.size).then_some(offset)
        });
        offsets.flatten().next()
    }
}

impl Window {
    /// Takes the next naturally aligned `size` bytes; `size` is a power of two.
    fn take(&mut self, size: u64) -> Option<u64> {
        let start = self.next.checked_next_multiple_of(size)?;
        let end = start.checked_add(size)?;
        if end > self.end {
            return None;
        }
        self.next = end;
        Some(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: BarKey = (0, 0, 0);

    #[test]
    fn addresses_are_aligned_and_disjoint() {
        let mut bars = Bars::new();
        let mut place = |kind, size| bars.place(KEY, kind, size).map(|bar| bar.address);
        assert_eq!(place(BarKind::Memory, 0x10), Ok(0xE000_0000));
        assert_eq!(place(BarKind::Memory, 0x10_0000), Ok(0xE010_0000));
        assert_eq!(place(BarKind::Io, 0x20), Ok(0xC000));
        assert_eq!(place(BarKind::Memory, 0x1000), Ok(0xE020_0000));
        assert_eq!(place(BarKind::Memory, 0x800_0000), Ok(0xE800_0000));
        assert_eq!(place(BarKind::Io, 0x1000), Ok(0xD000));
    }

    #[test]
    fn a_full_window_still_accepts_smaller_bars() {
        let mut bars = Bars::new();
        let size = 0x2000_0000;
        let full = bars.place(KEY, BarKind::Memory, size);
        assert_eq!(full, Err(Error::WindowFull { size }));
        assert!(bars.place(KEY, BarKind::Memory, 1 << 63).is_err());
        assert!(bars.place(KEY, BarKind::Memory, 0x1000_0000).is_ok());
        assert!(bars.place(KEY, BarKind::Memory, 0x800_0000).is_ok());
        assert!(bars.place(KEY, BarKind::Memory, 0x800_0000).is_err());
    }

    #[test]
    fn offset_of_is_relative_to_the_containing_bar() {
        let mut bars = Bars::new();
        for _ in 0..2 {
            bars.place(KEY, BarKind::Memory, 0x1000).unwrap();
        }
        let offsets = [0xDFFF_FFFF, 0xE000_0FFF, 0xE000_1004, 0xE000_2000];
        let offsets = offsets.map(|address| bars.offset_of(address));
        assert_eq!(offsets, [None, Some(0xFFF), Some(4), None]);
    }
}
