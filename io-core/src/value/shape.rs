//! What a field type tells about itself, as constants.

use super::{FieldInfo, Repr, Width};

/// How a field may be accessed, as a fact about the hardware.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AccessKind {
    /// Read and write; reading has no effect.
    ReadWrite,
    /// Read and write; reading has an effect on the device.
    ReadWriteEffect,
    /// Read only; reading has no effect.
    ReadOnly,
    /// Read only; reading has an effect on the device.
    ReadOnlyEffect,
    /// Write only.
    WriteOnly,
    /// Written ones clear bits.
    WriteOneToClear,
    /// Written ones set bits.
    WriteOneToSet,
    /// Write only; written ones clear bits, here or in another register.
    WriteOnlyOneToClear,
    /// Write only; written ones set bits, here or in another register.
    WriteOnlyOneToSet,
    /// Reading clears.
    ReadToClear,
    /// Written ones go back to zero when the device is done.
    SelfClearing,
    /// Hands the struct around it over: written last, read first.
    Owner,
    /// Neither: the data sheet reserves it.
    Reserved,
}

impl AccessKind {
    /// Whether the hardware gives something to reads.
    #[inline]
    pub const fn is_readable(self) -> bool {
        use AccessKind::{Reserved, WriteOnly, WriteOnlyOneToClear, WriteOnlyOneToSet};
        !matches!(self, WriteOnly | WriteOnlyOneToClear | WriteOnlyOneToSet | Reserved)
    }

    /// Whether the hardware takes writes.
    #[inline]
    pub const fn is_writable(self) -> bool {
        use AccessKind::{ReadOnly, ReadOnlyEffect, ReadToClear, Reserved};
        !matches!(self, ReadOnly | ReadOnlyEffect | ReadToClear | Reserved)
    }
}

/// The byte order of a value on the bus or in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Endian {
    /// The processor's own.
    Native,
    /// Least significant byte first.
    Little,
    /// Most significant byte first.
    Big,
}

impl Endian {
    /// The number that `bits`, as loaded, stands for.
    #[inline]
    pub const fn number(self, bits: u64, width: Width) -> u64 {
        let swapped = self.is_big() != Endian::Native.is_big();
        if swapped { bits.swap_bytes() >> (64 - width.bits()) } else { bits }
    }

    /// Whether the first byte is the most significant one.
    #[inline]
    pub const fn is_big(self) -> bool {
        match self {
            Endian::Native => cfg!(target_endian = "big"),
            Endian::Little => false,
            Endian::Big => true,
        }
    }
}

/// The structure of a field type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value, accessed as a whole.
    Value {
        /// Its width on the bus.
        width: Width,
        /// How it may be accessed.
        access: AccessKind,
        /// Its byte order.
        endian: Endian,
    },
    /// One value of 64 bits, accessed as two halves of 32 bits.
    Halves {
        /// How it may be accessed.
        access: AccessKind,
        /// Its byte order, which says where the low half is.
        endian: Endian,
    },
    /// A nested block.
    Block {
        /// Its fields, in address order.
        fields: &'static [FieldInfo],
    },
    /// Several meanings of the same bytes.
    Union {
        /// The meanings, all at offset 0.
        fields: &'static [FieldInfo],
    },
    /// Equal elements in a row, as many as the view says: the end of a block.
    Tail {
        /// Bytes from one element to the next.
        stride: usize,
        /// What each of them is.
        element: &'static Shape,
    },
    /// Equal elements in a row.
    Array {
        /// How many.
        count: usize,
        /// Bytes from one element to the next.
        stride: usize,
        /// What each of them is.
        element: &'static Shape,
    },
}

impl Shape {
    /// A plain value in the processor's byte order.
    pub(super) const fn of_repr<R: Repr>() -> Shape {
        Shape::Value { width: R::WIDTH, access: AccessKind::ReadWrite, endian: Endian::Native }
    }

    /// A value of the same width and byte order with another access kind.
    ///
    /// # Panics
    ///
    /// If `self` is no [`Shape::Value`]; the access kinds hold single values only.
    pub(super) const fn with_access(self, access: AccessKind) -> Shape {
        match self {
            Shape::Value { width, endian, .. } => Shape::Value { width, access, endian },
            Shape::Halves { endian, .. } => Shape::Halves { access, endian },
            _ => panic!("an access kind holds a single value"),
        }
    }

    /// A value of the same width and access kind with another byte order.
    ///
    /// # Panics
    ///
    /// If `self` is no [`Shape::Value`]; `Le` and `Be` hold single values only.
    pub(super) const fn with_endian(self, endian: Endian) -> Shape {
        match self {
            Shape::Value { width, access, .. } => Shape::Value { width, access, endian },
            _ => panic!("a byte order belongs to a single value"),
        }
    }

    /// The same 64-bit value in halves.
    ///
    /// # Panics
    ///
    /// If `self` is no 64-bit [`Shape::Value`].
    pub(super) const fn in_halves(self) -> Shape {
        match self {
            Shape::Value { width: Width::W64, access, endian } => Shape::Halves { access, endian },
            _ => panic!("only a value of 64 bits has halves of 32"),
        }
    }

    /// The widest single access: what the offset must be a multiple of.
    pub(super) const fn natural_align(&self) -> usize {
        match self {
            Shape::Value { width, .. } => width.bytes(),
            Shape::Halves { .. } => 4,
            Shape::Array { element, .. } | Shape::Tail { element, .. } => element.natural_align(),
            Shape::Block { fields } | Shape::Union { fields } => {
                let (mut align, mut i) = (1, 0);
                while i < fields.len() {
                    if fields[i].natural > align {
                        align = fields[i].natural;
                    }
                    i += 1;
                }
                align
            }
        }
    }

    /// The byte order of a value; [`Endian::Native`] for anything else.
    pub const fn endian(self) -> Endian {
        match self {
            Shape::Value { endian, .. } | Shape::Halves { endian, .. } => endian,
            _ => Endian::Native,
        }
    }
}
