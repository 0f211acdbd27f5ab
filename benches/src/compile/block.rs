//! The content of every generated crate: blocks of twenty 32-bit registers, the same for all peers.

use core::ops::Range;

/// The number of registers in a block.
pub const REGISTERS: usize = 20;

/// The accesses that a register allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Read and write.
    ReadWrite,
    /// Read only.
    ReadOnly,
    /// Write only.
    WriteOnly,
}

/// The access with which a register is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A read; the function returns part of the value.
    Read,
    /// A write of a constant.
    Write,
}

/// A register, by its index in the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Register(usize);

impl Register {
    /// Returns all registers of a block, in address order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..REGISTERS).map(Self)
    }

    /// Returns the name of its field.
    pub fn name(self) -> String {
        format!("r{}", self.0)
    }

    /// Returns its offset in bytes.
    pub fn offset(self) -> usize {
        self.0 * size_of::<u32>()
    }

    /// Returns its access: 14 registers are read-write, 4 read-only, 2 write-only.
    pub fn access(self) -> Access {
        const ONLY_READ: Range<usize> = 14..18;
        match self.0 {
            place if place < ONLY_READ.start => Access::ReadWrite,
            place if ONLY_READ.contains(&place) => Access::ReadOnly,
            _ => Access::WriteOnly,
        }
    }

    /// Returns its use: every second read-write register is read, the others are written.
    pub fn used(self) -> Use {
        match self.access() {
            Access::ReadWrite if self.0.is_multiple_of(2) => Use::Read,
            Access::ReadOnly => Use::Read,
            Access::ReadWrite | Access::WriteOnly => Use::Write,
        }
    }
}

/// A block, by its index in the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block(pub usize);

impl Block {
    /// Returns the name of its type.
    pub fn name(self) -> String {
        format!("Block{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_fourteen_rw_four_ro_and_two_wo_registers() {
        let count = |access| Register::all().filter(|one| one.access() == access).count();
        assert_eq!(count(Access::ReadWrite), 14);
        assert_eq!(count(Access::ReadOnly), 4);
        assert_eq!(count(Access::WriteOnly), 2);
        assert_eq!(Register::all().count(), REGISTERS);
    }

    #[test]
    fn every_use_is_allowed_by_the_access_kind() {
        for register in Register::all() {
            match register.access() {
                Access::ReadOnly => assert_eq!(register.used(), Use::Read, "{register:?}"),
                Access::WriteOnly => assert_eq!(register.used(), Use::Write, "{register:?}"),
                Access::ReadWrite => {}
            }
        }
        assert_eq!(Register::all().filter(|one| one.used() == Use::Read).count(), 11);
    }
}
