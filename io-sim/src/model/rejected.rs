//! Accesses that the device has rejected, with the reasons.

use core::fmt;

use io_core::Width;

use crate::{field_addr::FieldAddr, write_back::dropped};

/// One access that the device has rejected; prints as `WR uart.dr 8: the register has 32 bits`.
///
/// ```
/// use io_core::{Width, prelude::*};
/// use io_sim::{Device, RegisterModel, RejectReason};
///
/// #[derive(IoStruct)]
/// #[repr(C)]
/// struct Uart { dr: Le<u32> }
///
/// let mut uart = RegisterModel::<Uart>::new("uart");
/// uart.write(0, Width::W8, 7); // as a driver with the wrong type would
/// let [rejected] = *uart.rejected() else { panic!("one access is rejected") };
/// assert_eq!(rejected.reason, RejectReason::Width(Width::W32));
/// assert_eq!(rejected.to_string(), "WR uart.dr 8: the register has 32 bits");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejected {
    /// The address of the register, or of the access if it reaches none.
    pub addr: FieldAddr,
    /// The width of the access.
    pub width: Width,
    /// `true` for a write, `false` for a read.
    pub write: bool,
    /// The reason for the rejection.
    pub reason: RejectReason,
}

/// The reason why a device rejects an access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RejectReason {
    /// No register exists at the address.
    NoRegister,
    /// The data sheet reserves the bytes.
    Reserved,
    /// The access starts inside a register.
    Inside,
    /// The register has another width, which is given here.
    Width(Width),
    /// The register cannot be written.
    ReadOnly,
    /// The register cannot be read.
    WriteOnly,
    /// The device does not currently accept writes; see
    /// [`takes_writes_if`](super::RegisterModel::takes_writes_if).
    Closed,
    /// The FIFO contains nothing to read.
    Empty,
    /// The FIFO has no space.
    Full,
    /// The register can be written only once after a reset, and was written before. Nothing was
    /// written.
    WrittenBefore,
    /// The driver gave these bits in a write, and they were not written, since a written value is
    /// a command to them. The other bits were written.
    Dropped(u64),
    /// The driver wrote back the register as it had read it, and with it these bits, which a
    /// written one clears. They were cleared.
    LosesBits(u64),
}

impl fmt::Display for RejectReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RejectReason::NoRegister => "there is no register",
            RejectReason::Reserved => "the bytes are reserved",
            RejectReason::Inside => "the access starts inside the register",
            RejectReason::Width(width) => {
                return write!(f, "the register has {} bits", width.bits());
            }
            RejectReason::ReadOnly => "the register is read-only",
            RejectReason::WriteOnly => "the register is write-only",
            RejectReason::Closed => "the device does not accept writes now",
            RejectReason::Empty => "the FIFO is empty",
            RejectReason::Full => "the FIFO is full",
            RejectReason::WrittenBefore => "the register can be written only once",
            RejectReason::Dropped(bits) => return dropped(*bits, f),
            RejectReason::LosesBits(bits) => {
                return write!(
                    f,
                    "read-modify-write of write-one-to-clear bits clears pending {bits:#x} as well"
                );
            }
        })
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rejected { addr, width, write, reason } = self;
        write!(f, "{} {addr} {}: {reason}", if *write { "WR" } else { "RD" }, width.bits())
    }
}
