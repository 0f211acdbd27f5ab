//! Accesses that the device did not serve.

use core::fmt;

use io_core::Width;

use crate::Place;

/// One access that the device did not serve; prints as
/// `WR uart.dr 8: the register has 32 bits`.
///
/// ```
/// use io_core::{Width, prelude::*};
/// use io_sim::{Unserved, Device, RegisterModel};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Uart { dr: Le<u32> }
///
/// let mut uart = RegisterModel::<Uart>::new("uart");
/// uart.write(0, Width::W8, 7); // as a driver with the wrong type would
/// let [refusal] = *uart.refused() else { panic!("one access, one refusal") };
/// assert_eq!(refusal.cause, Unserved::Width(Width::W32));
/// assert_eq!(refusal.to_string(), "WR uart.dr 8: the register has 32 bits");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejected {
    /// The register, or where one would be.
    pub place: Place,
    /// The width of the access.
    pub width: Width,
    /// A write, else a read.
    pub write: bool,
    /// Why.
    pub cause: Unserved,
}

/// Why a device does not serve an access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unserved {
    /// There is no register.
    NoRegister,
    /// The data sheet reserves the place.
    Reserved,
    /// It starts inside a register.
    Inside,
    /// The register has another width, this one.
    Width(Width),
    /// The register cannot be written.
    ReadOnly,
    /// The register cannot be read.
    WriteOnly,
    /// The device takes no write now; see
    /// [`takes_writes_if`](super::RegisterModel::takes_writes_if).
    Closed,
    /// There is nothing to read in the FIFO.
    Empty,
    /// There is no room in the FIFO.
    Full,
}

impl fmt::Display for Unserved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unserved::NoRegister => "there is no register",
            Unserved::Reserved => "the data sheet reserves it",
            Unserved::Inside => "it starts inside the register",
            Unserved::Width(width) => return write!(f, "the register has {} bits", width.bits()),
            Unserved::ReadOnly => "the register is read-only",
            Unserved::WriteOnly => "the register is write-only",
            Unserved::Closed => "the device takes no write now",
            Unserved::Empty => "the FIFO is empty",
            Unserved::Full => "the FIFO is full",
        })
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rejected { place, width, write, cause } = self;
        write!(f, "{} {place} {}: {cause}", if *write { "WR" } else { "RD" }, width.bits())
    }
}
