//! Integers that are transferred over a bus.

use core::fmt;

mod sealed {
    pub trait Sealed {}
}

/// The width of one access: 8, 16, 32 or 64 bits.
///
/// ```
/// use io_mem::Width;
///
/// assert_eq!((Width::W32.bytes(), Width::W32.bits()), (4, 32));
/// assert_eq!(Width::from_bytes(2), Some(Width::W16));
/// assert_eq!(Width::W16.all_ones(), 0xffff);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Width {
    /// One byte.
    W8,
    /// Two bytes.
    W16,
    /// Four bytes.
    W32,
    /// Eight bytes.
    W64,
}

impl Width {
    /// The width in bytes: 1, 2, 4 or 8.
    #[inline(always)]
    pub const fn bytes(self) -> usize {
        match self {
            Width::W8 => 1,
            Width::W16 => 2,
            Width::W32 => 4,
            Width::W64 => 8,
        }
    }

    /// The width in bits: 8, 16, 32 or 64.
    #[inline(always)]
    pub const fn bits(self) -> u32 {
        self.bytes() as u32 * 8
    }

    /// Returns the width that has this number of bytes, if there is one.
    #[inline]
    pub const fn from_bytes(bytes: usize) -> Option<Width> {
        match bytes {
            1 => Some(Width::W8),
            2 => Some(Width::W16),
            4 => Some(Width::W32),
            8 => Some(Width::W64),
            _ => None,
        }
    }

    /// The number with all bits of this width set: the result of reads after the device has been
    /// removed.
    #[inline(always)]
    pub const fn all_ones(self) -> u64 {
        u64::MAX >> (64 - self.bits())
    }
}

/// An integer that is transferred over a bus: `u8`, `u16`, `u32` or `u64`.
///
/// Sealed. Signed field types are represented by the unsigned integer of their width.
///
/// ```
/// use io_mem::{Repr, Width};
///
/// assert_eq!(<u16 as Repr>::WIDTH, Width::W16);
/// assert_eq!(u8::from_u64(0x1234), 0x34);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the integer of an access",
    label = "not `u8`, `u16`, `u32` or `u64`",
    note = "use the unsigned integer of the access width: a signed value is transferred as that, \
            too"
)]
pub trait Repr:
    Copy + Eq + fmt::Debug + fmt::LowerHex + Send + Sync + sealed::Sealed + 'static
{
    /// The width of an access to this integer.
    const WIDTH: Width;

    /// Returns the integer, zero-extended.
    fn to_u64(self) -> u64;

    /// Returns the low bits of `number`.
    fn from_u64(number: u64) -> Self;

    /// Converts from native to little-endian byte order, or back.
    #[must_use]
    fn to_le(self) -> Self;

    /// Converts from native to big-endian byte order, or back.
    #[must_use]
    fn to_be(self) -> Self;
}

macro_rules! repr {
    ($($int:ident $width:ident),+) => {$(
        impl sealed::Sealed for $int {}
        impl Repr for $int {
            const WIDTH: Width = Width::$width;

            #[inline(always)]
            fn to_u64(self) -> u64 {
                self.into()
            }

            #[inline(always)]
            fn from_u64(number: u64) -> Self {
                number as $int
            }

            #[inline(always)]
            fn to_le(self) -> Self {
                $int::to_le(self)
            }

            #[inline(always)]
            fn to_be(self) -> Self {
                $int::to_be(self)
            }
        }
    )+};
}

repr!(u8 W8, u16 W16, u32 W32, u64 W64);
