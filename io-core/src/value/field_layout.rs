//! The layout of a field type: size, byte order and access kind, as constants.

use super::{BitKinds, FieldInfo, Repr, TypeInfo, ValueFormat, Width};

/// The accesses that the hardware allows to a field.
///
/// Source: CMSIS-SVD `access`, `modifiedWriteValues` and `readAction`.
///
/// ```
/// use io_core::layout::AccessKind;
///
/// assert!(AccessKind::WriteOneToClear.is_readable());
/// assert!(!AccessKind::WriteOnly.is_readable());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AccessKind {
    /// Read-write; reading has no effect.
    ReadWrite,
    /// Read-write; reading has an effect on the device.
    ReadWriteEffect,
    /// Read-only; reading has no effect.
    ReadOnly,
    /// Read-only; reading has an effect on the device.
    ReadOnlyEffect,
    /// Write-only.
    WriteOnly,
    /// Write-one-to-clear: ones that are written clear bits.
    WriteOneToClear,
    /// Write-zero-to-clear: zeros that are written clear bits, and ones have no effect.
    WriteZeroToClear,
    /// Write-one-to-set: ones that are written set bits.
    WriteOneToSet,
    /// Write-one-to-toggle: ones that are written invert bits.
    WriteOneToToggle,
    /// Write-zero-to-set: zeros that are written set bits, and ones have no effect.
    WriteZeroToSet,
    /// Write-zero-to-toggle: zeros that are written invert bits, and ones have no effect.
    WriteZeroToToggle,
    /// Every write clears all bits.
    WriteToClear,
    /// Every write sets all bits.
    WriteToSet,
    /// Only the first write after a reset has an effect.
    WriteOnce,
    /// Write-only; ones that are written clear bits of this or another register.
    WriteOnlyOneToClear,
    /// Write-only; ones that are written set bits of this or another register.
    WriteOnlyOneToSet,
    /// Write-only; ones that are written invert bits of this or another register.
    WriteOnlyOneToToggle,
    /// Read-to-set: reading sets bits.
    ReadToSet,
    /// Read-to-clear; ones that are written clear bits, too.
    ReadToClearOneToClear,
    /// Read-to-clear: reading clears bits.
    ReadToClear,
    /// Self-clearing: ones that are written become zero when the device has completed the
    /// operation.
    SelfClearing,
    /// Ownership field of the enclosing descriptor: written last, read first.
    OwnBit,
    /// Neither read nor written: reserved in the data sheet.
    Reserved,
}

impl AccessKind {
    /// Returns whether the hardware allows reads.
    #[inline]
    pub const fn is_readable(self) -> bool {
        use AccessKind::{
            Reserved, WriteOnly, WriteOnlyOneToClear, WriteOnlyOneToSet, WriteOnlyOneToToggle,
        };
        !matches!(
            self,
            WriteOnly | WriteOnlyOneToClear | WriteOnlyOneToSet | WriteOnlyOneToToggle | Reserved
        )
    }

    /// Returns whether the hardware allows writes.
    #[inline]
    pub const fn is_writable(self) -> bool {
        use AccessKind::{ReadOnly, ReadOnlyEffect, ReadToClear, ReadToSet, Reserved};
        !matches!(self, ReadOnly | ReadOnlyEffect | ReadToClear | ReadToSet | Reserved)
    }
}

/// The byte order of a value on the bus or in memory.
///
/// ```
/// use io_core::{Width, layout::Endian};
///
/// let loaded = u64::from(u16::from_ne_bytes([0x12, 0x34]));
/// assert_eq!(Endian::Big.number(loaded, Width::W16), 0x1234);
/// assert_eq!(Endian::Little.number(loaded, Width::W16), 0x3412);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Endian {
    /// The processor's byte order.
    Native,
    /// Least significant byte first.
    Little,
    /// Most significant byte first.
    Big,
}

impl Endian {
    /// Converts `bits`, as loaded, to the number in this byte order.
    #[inline]
    pub const fn number(self, bits: u64, width: Width) -> u64 {
        let swapped = self.is_big() != Endian::Native.is_big();
        if swapped { bits.swap_bytes() >> (64 - width.bits()) } else { bits }
    }

    /// Returns whether the first byte is the most significant one.
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
        /// Its access kind.
        access: AccessKind,
        /// Its byte order.
        endian: Endian,
        /// The kinds of its bits, where they differ; see
        /// [`FieldLayout::bit_kinds`] for those of a whole register.
        bits: &'static BitKinds,
    },
    /// One value of 64 bits, accessed as two halves of 32 bits.
    Halves {
        /// Its access kind.
        access: AccessKind,
        /// Its byte order, which determines the offset of the low half.
        endian: Endian,
        /// Whether the low half is accessed first.
        low_first: bool,
        /// The kinds of the bits of the 64-bit value, where they differ.
        bits: &'static BitKinds,
    },
    /// A nested block.
    Block {
        /// Its fields, in address order.
        fields: &'static [FieldInfo],
    },
    /// Several fields that share their bytes.
    Union {
        /// The fields, all at offset 0.
        fields: &'static [FieldInfo],
    },
    /// Consecutive equal elements at the end of a block. The view contains their number.
    Tail {
        /// Bytes from one element to the next.
        stride: usize,
        /// The layout of each element.
        element: &'static FieldLayout,
    },
    /// Equal elements, `stride` bytes apart. Where the stride is larger than an element, the bytes
    /// between the elements belong to other fields.
    Array {
        /// The number of elements.
        count: usize,
        /// Bytes from one element to the next.
        stride: usize,
        /// The layout of each element.
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
            bits: &BitKinds::PLAIN,
        }
    }

    /// A value of the same width, access kind and byte order with bits of these kinds; used by
    /// generated code.
    ///
    /// # Panics
    ///
    /// * `self` is not a [`FieldLayout::Value`].
    #[doc(hidden)]
    pub const fn with_bits(self, bits: &'static BitKinds) -> FieldLayout {
        match self {
            FieldLayout::Value { width, access, endian, .. } => {
                FieldLayout::Value { width, access, endian, bits }
            }
            _ => panic!("kinds of bits apply to single values only"),
        }
    }

    /// Returns the kinds of the bits of a value: those of its type, or else those that its access
    /// kind has for all bits. Plain for other layouts.
    #[inline]
    pub const fn bit_kinds(&self) -> BitKinds {
        let (width, access, bits) = match self {
            FieldLayout::Value { width, access, bits, .. } => (*width, *access, *bits),
            FieldLayout::Halves { access, bits, .. } => (Width::W64, *access, *bits),
            _ => return BitKinds::PLAIN,
        };
        if bits.is_plain() { access.bit_kinds(width) } else { *bits }
    }

    /// Returns the kinds of the bits of a value, where they differ; plain for other layouts.
    pub(super) const fn bits(&self) -> &'static BitKinds {
        match self {
            FieldLayout::Value { bits, .. } | FieldLayout::Halves { bits, .. } => bits,
            _ => &BitKinds::PLAIN,
        }
    }

    /// Returns whether a value has bits of different kinds.
    #[inline]
    pub(crate) const fn is_mixed(&self) -> bool {
        !self.bits().is_plain()
    }

    /// A value of the same width and byte order with another access kind.
    ///
    /// # Panics
    ///
    /// * `self` is neither a [`FieldLayout::Value`] nor a [`FieldLayout::Halves`]: access kinds
    ///   apply to single values only.
    pub(super) const fn with_access(self, access: AccessKind) -> FieldLayout {
        match self {
            FieldLayout::Value { width, endian, bits, .. } => {
                FieldLayout::Value { width, access, endian, bits }
            }
            FieldLayout::Halves { endian, low_first, bits, .. } => {
                FieldLayout::Halves { access, endian, low_first, bits }
            }
            _ => panic!("access kinds apply to single values only"),
        }
    }

    /// A value of the same width and access kind with another byte order.
    ///
    /// # Panics
    ///
    /// * `self` is not a [`FieldLayout::Value`]: `Le` and `Be` apply to single values only.
    pub(super) const fn with_endian(self, endian: Endian) -> FieldLayout {
        match self {
            FieldLayout::Value { width, access, bits, .. } => {
                FieldLayout::Value { width, access, endian, bits }
            }
            _ => panic!("byte orders apply to single values only"),
        }
    }

    /// The layout of the same 64-bit value in halves.
    ///
    /// # Panics
    ///
    /// * `self` is not a [`FieldLayout::Value`] of 64 bits.
    pub(super) const fn in_halves(self, low_first: bool) -> FieldLayout {
        match self {
            FieldLayout::Value { width: Width::W64, access, endian, bits } => {
                FieldLayout::Halves { access, endian, low_first, bits }
            }
            _ => panic!("only 64-bit values can be accessed in two halves"),
        }
    }

    /// The offsets of the two words of a [`FieldLayout::Halves`], in the order of the accesses; in
    /// address order for other layouts.
    pub(crate) const fn halves(&self) -> [usize; 2] {
        match self {
            FieldLayout::Halves { endian, low_first, .. } if endian.is_big() == *low_first => {
                [4, 0]
            }
            _ => [0, 4],
        }
    }

    /// The width of the widest single access in bytes: the required alignment of the offset.
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

    /// Returns the byte order of a value; [`Endian::Native`] for other layouts.
    pub const fn endian(self) -> Endian {
        match self {
            FieldLayout::Value { endian, .. } | FieldLayout::Halves { endian, .. } => endian,
            _ => Endian::Native,
        }
    }
}

/// A type that a field of a register block or descriptor may have.
///
/// Implemented by integers, [`Le`](super::Le), [`Be`](super::Be), the access kinds,
/// [`DmaAddr`](super::DmaAddr), arrays of these, and all types that derive
/// [`IoStruct`](crate::IoStruct) or [`IoValue`](super::IoValue).
///
/// Unsafe code that relies on the layout must evaluate `LAYOUT`, which for generic structs runs the
/// checks. Where `ANY_BITS` is false, unsafe code must not treat memory as a `Self` without another
/// proof that the bits are valid, such as zerocopy's `FromBytes`.
///
/// # Safety
///
/// * `LAYOUT` must describe the type's memory: its size, and each value at its offset, aligned to
///   its width. Every byte that is not padding must belong to a value or to reserved bytes.
/// * The values must not have a destructor.
/// * If `ANY_BITS` is true, the type must have no padding, every byte must be initialised, and
///   every bit pattern must be a valid `Self`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a register block or descriptor",
    label = "not a field type",
    note = "a field is an integer of 8 to 64 bits, a type of io-core such as `Le<_>` or `Ro<_>`, \
            an array of these, or a type with `#[derive(IoStruct)]` or `#[derive(IoValue)]`",
    note = "for a flag, a pointer or `usize`, declare an integer of the register's width",
    note = "for a type that a tool has generated, use `#[io_struct(remote = …)]`, or mark the field of \
            a `remote` struct as `#[io(opaque)]`, so that it is not accessed"
)]
pub unsafe trait IoLayout: Sized {
    /// The structure of the type.
    const LAYOUT: FieldLayout;

    /// `true` if every bit pattern is a valid value, so that memory may be borrowed as a `Self`
    /// while a device stores any bits there: the case for integers and types that consist of them,
    /// not for enums. For a block, computed from its fields.
    const ANY_BITS: bool = match Self::LAYOUT {
        FieldLayout::Block { fields } | FieldLayout::Union { fields } => all_any_bits(fields),
        _ => true,
    };

    /// The format of a value of the type in a trace, if a plain number is not sufficient. For an
    /// array, that of its elements.
    const FORMAT: Option<ValueFormat> = None;

    /// Must not be overridden by an implementation.
    #[doc(hidden)]
    const INFO: &'static TypeInfo = &TypeInfo::of::<Self>();
}

/// Returns whether every bit pattern is valid for all fields.
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

// SAFETY: an array consists of `N` consecutive elements without gaps. The language guarantees a
// stride of `size_of::<T>()`.
unsafe impl<T: IoLayout, const N: usize> IoLayout for [T; N] {
    const LAYOUT: FieldLayout =
        FieldLayout::Array { count: N, stride: size_of::<T>(), element: &<T as IoLayout>::LAYOUT };
    const ANY_BITS: bool = T::ANY_BITS;
    const FORMAT: Option<ValueFormat> = T::FORMAT;
}
