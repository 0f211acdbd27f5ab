//! The memory of a world: blocks at device addresses.

use alloc::vec::Vec;
use core::ops::Range;

use super::{
    byte::Byte,
    name::{Name, Spot},
};
use io_core::Error;

/// The lowest address of memory, for drivers and devices.
pub(super) const BASE: usize = 0x1000_0000;

/// The minimum alignment of blocks: the size of a processor's cache line.
const ALIGN: usize = 64;

struct Block {
    start: usize,
    name: Name,
    bytes: Vec<Byte>,
}

/// The blocks of a world.
///
/// # Invariants
///
/// * The blocks are in ascending order and disjoint.
/// * An address belongs to at most one block during the life of the world.
pub(super) struct Blocks {
    blocks: Vec<Block>,
    end: usize,
}

impl Blocks {
    pub(super) fn new() -> Self {
        Self { blocks: Vec::new(), end: BASE }
    }

    /// Adds a block of zeros and returns its address.
    pub(super) fn add(&mut self, name: Name, size: usize, align: usize) -> Result<usize, Error> {
        if size == 0 {
            return Err(Error::Empty);
        }
        let none = Error::NoMemory { size, align };
        let start = self.end.checked_next_multiple_of(align.max(ALIGN)).ok_or(none)?;
        let end = start.checked_add(size).filter(|end| *end <= isize::MAX as usize);
        let end = end.ok_or(none)?;
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(size).map_err(|_| none)?;
        bytes.resize(size, Byte::default());
        let name = name.among(self.blocks.iter().map(|block| block.name));
        self.blocks.push(Block { start, name, bytes });
        self.end = end;
        Ok(start)
    }

    /// Removes a block: devices cannot access it afterwards.
    pub(super) fn remove(&mut self, start: usize) {
        self.blocks.retain(|block| block.start != start);
    }

    /// Returns the index of the block that contains the byte at an address.
    fn position(&self, address: usize) -> Option<usize> {
        let behind = self.blocks.partition_point(|block| block.start <= address);
        let at = behind.checked_sub(1)?;
        (address - self.blocks[at].start < self.blocks[at].bytes.len()).then_some(at)
    }

    /// Checks that `size` bytes from `start` are in one block.
    ///
    /// The error contains the offset from the start of memory, and the end of the block that
    /// contains `start`.
    pub(super) fn check(&self, start: usize, size: usize) -> Result<(), Error> {
        let block = self.position(start).map(|at| &self.blocks[at]);
        let end = block.map_or(BASE, |block| block.start + block.bytes.len());
        // Without a block, `end` may be less or greater than `start`.
        let room = if block.is_some() { end - start } else { 0 };
        if size > room {
            let offset = start.wrapping_sub(BASE);
            return Err(Error::OutOfRange { offset, size, limit: end - BASE });
        }
        Ok(())
    }

    /// Returns the named location of up to eight bytes.
    pub(super) fn spot(&self, range: &Range<usize>) -> Option<Spot> {
        let block = &self.blocks[self.position(range.start)?];
        Some(Spot { block: block.name, offset: range.start - block.start, len: range.len() })
    }

    /// Returns the byte at an address; `None` if its block was removed.
    pub(super) fn byte(&mut self, address: usize) -> Option<&mut Byte> {
        let at = self.position(address)?;
        let block = &mut self.blocks[at];
        block.bytes.get_mut(address - block.start)
    }
}
