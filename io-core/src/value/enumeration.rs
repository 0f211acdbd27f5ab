//! Enums: values for which not every bit pattern is valid.
//!
//! A device can return any bits, so a read of an enum returns a `Result`, and memory is never
//! reinterpreted as an enum.

use core::{error, fmt};

use super::IoValue;

/// An enum that can be the type of a field: `#[derive(IoValue)]` with `#[repr(u8)]` or wider.
///
/// ```
/// use io_core::{IoEnum, prelude::*};
///
/// #[derive(Debug, PartialEq, IoValue)]
/// #[repr(u8)]
/// enum Mode { Off = 0, On = 3 }
///
/// assert_eq!(Mode::NAME, "Mode");
/// assert_eq!(Mode::decode(3), Ok(Mode::On));
/// ```
pub trait IoEnum: IoValue {
    /// The enum's name.
    const NAME: &'static str;
}

/// The error of reading an enum `E`: the value from the device is not one of its variants.
///
/// ```
/// use io_core::{UnknownValue, prelude::*};
///
/// #[derive(Debug, IoValue)]
/// #[repr(u16)]
/// enum Speed { Slow = 1, Fast = 2 }
///
/// let unknown: UnknownValue<Speed> = Speed::decode(0x300).unwrap_err();
/// assert_eq!(unknown.raw(), 0x300);
/// assert_eq!(unknown.to_string(), "0x300 is not a value of `Speed`");
/// ```
pub struct UnknownValue<E: IoEnum> {
    raw: E::Repr,
}

impl<E: IoEnum> UnknownValue<E> {
    /// Creates the error for a number that is not a variant.
    #[inline(always)]
    pub const fn new(raw: E::Repr) -> Self {
        Self { raw }
    }

    /// Returns the number that was read, in the processor's byte order.
    #[inline(always)]
    pub const fn raw(self) -> E::Repr {
        self.raw
    }
}

impl<E: IoEnum> fmt::Display for UnknownValue<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x} is not a value of `{}`", self.raw, E::NAME)
    }
}

impl<E: IoEnum> fmt::Debug for UnknownValue<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnknownValue::<{}>({:#x})", E::NAME, self.raw)
    }
}

impl<E: IoEnum> error::Error for UnknownValue<E> {}

impl<E: IoEnum> Clone for UnknownValue<E> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: IoEnum> Copy for UnknownValue<E> {}

impl<E: IoEnum> PartialEq for UnknownValue<E> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}

impl<E: IoEnum> Eq for UnknownValue<E> {}
