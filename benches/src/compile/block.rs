//! What every generated crate describes: blocks of twenty 32-bit registers, the same for all.

use core::ops::Range;

/// Registers in a block.
pub const REGISTERS: usize = 20;

/// How a register may be accessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Read and write.
    ReadWrite,
    /// Read only.
    ReadOnly,
    /// Write only.
    WriteOnly,
}

/// The one access that the uses make to a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A read, whose value the function returns a part of.
    Read,
    /// A write of a constant.
    Write,
}

/// A register by its place in the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Register(usize);

impl Register {
    /// All registers of a block, in address order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..REGISTERS).map(Self)
    }

    /// The name of its field.
    pub fn name(self) -> String {
        format!("r{}", self.0)
    }

    /// Its offset in bytes.
    pub fn offset(self) -> usize {
        self.0 * size_of::<u32>()
    }

    /// 14 are read and written, 4 only read, 2 only written.
    pub fn access(self) -> Access {
        const ONLY_READ: Range<usize> = 14..18;
        match self.0 {
            place if place < ONLY_READ.start => Access::ReadWrite,
            place if ONLY_READ.contains(&place) => Access::ReadOnly,
            _ => Access::WriteOnly,
        }
    }

    /// Every second of those that can be both is read.
    pub fn used(self) -> Use {
        match self.access() {
            Access::ReadWrite if self.0.is_multiple_of(2) => Use::Read,
            Access::ReadOnly => Use::Read,
            Access::ReadWrite | Access::WriteOnly => Use::Write,
        }
    }
}

/// A block by its place in the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block(pub usize);

impl Block {
    /// The name of its type.
    pub fn name(self) -> String {
        format!("Block{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_the_registers_that_were_agreed_on() {
        let count = |access| Register::all().filter(|one| one.access() == access).count();
        assert_eq!(count(Access::ReadWrite), 14);
        assert_eq!(count(Access::ReadOnly), 4);
        assert_eq!(count(Access::WriteOnly), 2);
        assert_eq!(Register::all().count(), REGISTERS);
    }

    #[test]
    fn no_use_is_against_the_access() {
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
