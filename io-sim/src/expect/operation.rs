//! Operations of a driver: accesses and barriers, as a device receives them.

use core::fmt;

use io_core::{Width, barrier::Barrier};

use crate::field_addr::FieldAddr;

/// One access of a driver. Prints as `WR chan[2].ctrl 32 <- 0x00000001`, followed by the formatted
/// value if its type has a text format.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct AccessEvent {
    /// The field; the instance is empty.
    pub addr: FieldAddr,
    /// The width of the access.
    pub width: Width,
    /// `true` for a write, `false` for a read.
    pub write: bool,
    /// The register's number, in the byte order of the field.
    pub value: u64,
}

impl AccessEvent {
    /// Returns whether both have the same address, width and direction.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        (self.addr, self.width, self.write) == (other.addr, other.width, other.write)
    }

    /// Returns whether the two accesses have a byte in common.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.offset() < other.offset() + other.width.bytes()
            && other.offset() < self.offset() + self.width.bytes()
    }

    /// Bytes from the start of the block.
    pub(super) fn offset(&self) -> usize {
        self.addr.offset
    }

    /// The field's name in messages.
    pub(super) fn name(&self) -> FieldName {
        FieldName(self.addr)
    }

    /// Formats a number with the access's width.
    pub(super) fn hex(&self, number: u64) -> Hex {
        Hex(number, self.width)
    }
}

impl PartialEq for AccessEvent {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.is_like(other) && self.value == other.value
    }
}

impl Eq for AccessEvent {}

impl fmt::Display for AccessEvent {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, arrow) = if self.write { ("WR", "<-") } else { ("RD", "->") };
        let bits = self.width.bits();
        write!(f, "{verb} {} {bits} {arrow} {}", self.name(), self.hex(self.value))?;
        self.addr.show(self.value, f)
    }
}

impl fmt::Debug for AccessEvent {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccessEvent({self})")
    }
}

/// One access or barrier. Prints as one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
    /// An access.
    Access(AccessEvent),
    /// A barrier.
    Barrier(Barrier),
}

impl fmt::Display for Operation {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Operation::Access(access) => access.fmt(f),
            Operation::Barrier(kind) => write!(f, "BARRIER {kind}"),
        }
    }
}

/// The path of a field without the dot before it.
pub(super) struct FieldName(FieldAddr);

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = alloc::string::ToString::to_string(&self.0);
        f.write_str(path.strip_prefix('.').unwrap_or(&path))
    }
}

/// A number with the digits of its width.
pub(super) struct Hex(u64, Width);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Hex(number, width) = *self;
        write!(f, "0x{number:0digits$x}", digits = 2 * width.bytes())
    }
}
