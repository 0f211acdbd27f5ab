//! The layout of a field type: size, byte order and access kind, as constants.

use super::{FieldInfo, Repr, TypeInfo, ValueFormat, Width};

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
    OwnBit,
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
pub enum FieldLayout {
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
        element: &'static FieldLayout,
    },
    /// Equal elements in a row.
    Array {
        /// How many.
        count: usize,
        /// Bytes from one element to the next.
        stride: usize,
        /// What each of them is.
        element: &'static FieldLayout,
    },
}

impl FieldLayout {
    /// A plain value in the processor's byte order.
    pub(super) const fn of_repr<R: Repr>() -> FieldLayout {
        FieldLayout::Value {
            width: R::WIDTH,
            access: AccessKind::ReadWrite,
            endian: Endian::Native,
        }
    }

    /// A value of the same width and byte order with another access kind.
    ///
    /// # Panics
    ///
    /// If `self` is no [`FieldLayout::Value`]; the access kinds hold single values only.
    pub(super) const fn with_access(self, access: AccessKind) -> FieldLayout {
        match self {
            FieldLayout::Value { width, endian, .. } => {
                FieldLayout::Value { width, access, endian }
            }
            FieldLayout::Halves { endian, .. } => FieldLayout::Halves { access, endian },
            _ => panic!("an access kind holds a single value"),
        }
    }

    /// A value of the same width and access kind with another byte order.
    ///
    /// # Panics
    ///
    /// If `self` is no [`FieldLayout::Value`]; `Le` and `Be` hold single values only.
    pub(super) const fn with_endian(self, endian: Endian) -> FieldLayout {
        match self {
            FieldLayout::Value { width, access, .. } => {
                FieldLayout::Value { width, access, endian }
            }
            _ => panic!("a byte order belongs to a single value"),
        }
    }

    /// The same 64-bit value in halves.
    ///
    /// # Panics
    ///
    /// If `self` is no 64-bit [`FieldLayout::Value`].
    pub(super) const fn in_halves(self) -> FieldLayout {
        match self {
            FieldLayout::Value { width: Width::W64, access, endian } => {
                FieldLayout::Halves { access, endian }
            }
            _ => panic!("only a value of 64 bits has halves of 32"),
        }
    }

    /// The widest single access: what the offset must be a multiple of.
    pub(super) const fn natural_align(&self) -> usize {
        match self {
            FieldLayout::Value { width, .. } => width.bytes(),
            FieldLayout::Halves { .. } => 4,
            FieldLayout::Array { element, .. } | FieldLayout::Tail { element, .. } => {
                element.natural_align()
            }
            FieldLayout::Block { fields } | FieldLayout::Union { fields } => {
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
            FieldLayout::Value { endian, .. } | FieldLayout::Halves { endian, .. } => endian,
            _ => Endian::Native,
        }
    }
}

/// A type that a field of a register block or descriptor may have.
///
/// Implemented by integers, [`Le`](super::Le), [`Be`](super::Be), the access
/// kinds, [`DmaAddr`](super::DmaAddr), arrays of these, and everything that
/// derives [`IoStruct`](crate::IoStruct) or [`IoValue`](super::IoValue).
///
/// # Safety
///
/// * `LAYOUT` describes the type's memory: its size, and every value at its
///   offset, aligned to its width. Values have no destructor. Whoever relies on
///   it evaluates `LAYOUT`, which for generic structs runs the checks.
/// * If `ANY_BITS` is true, there is no padding, every byte is initialised, and
///   every bit pattern is a value of `Self`. If not, nobody makes a `Self` of
///   memory without a proof of another kind, such as zerocopy's `FromBytes`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a register block or descriptor",
    label = "not a field type",
    note = "fields are integers of 8 to 64 bits, `Le<_>`, `Be<_>`, an access kind such as `Ro<_>`, arrays of \
            these, or types with `#[derive(IoStruct)]` or `#[derive(IoValue)]`"
)]
pub unsafe trait IoLayout: Sized {
    /// The structure of the type.
    const LAYOUT: FieldLayout;

    /// Whether memory may be borrowed as a `Self` while a device writes what it
    /// likes there: true of integers and what is made of them, not of enums. A
    /// block's is found from its fields.
    const ANY_BITS: bool = match Self::LAYOUT {
        FieldLayout::Block { fields } | FieldLayout::Union { fields } => all_any_bits(fields),
        _ => true,
    };

    /// How a value of the type reads in a trace, if numbers say too little; of an
    /// array, how its elements do.
    const FORMAT: Option<ValueFormat> = None;

    /// Never given by an implementation.
    #[doc(hidden)]
    const INFO: &'static TypeInfo = &TypeInfo::of::<Self>();
}

/// Whether all fields take any bits.
const fn all_any_bits(fields: &[FieldInfo]) -> bool {
    let mut i = 0;
    while i < fields.len() {
        if !fields[i].any_bits {
            return false;
        }
        i += 1;
    }
    true
}

// SAFETY: `N` elements in a row without gaps is what an array is; a stride of
// `size_of::<T>()` is guaranteed by the language.
unsafe impl<T: IoLayout, const N: usize> IoLayout for [T; N] {
    const LAYOUT: FieldLayout =
        FieldLayout::Array { count: N, stride: size_of::<T>(), element: &<T as IoLayout>::LAYOUT };
    const ANY_BITS: bool = T::ANY_BITS;
    const FORMAT: Option<ValueFormat> = T::FORMAT;
}
