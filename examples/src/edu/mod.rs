//! QEMU's educational PCI device: identification, liveness, a factorial unit, interrupts and a DMA
//! engine (`docs/specs/edu.rst` in QEMU's sources).

mod demo;
mod driver;
#[cfg(feature = "std")]
#[allow(unsafe_code, reason = "the DMA memory of QEMU is created by one unsafe call")]
pub mod host;
#[cfg(feature = "sim")]
mod model;
mod registers;

pub use demo::{Record, Report, RoundTrip, run};
pub use driver::{Edu, EduError};
#[cfg(feature = "sim")]
pub use model::EduModel;
pub use registers::{DmaCommand, Irq, Registers, Status};

/// PCI vendor of the device: QEMU.
pub const VENDOR: u16 = 0x1234;
/// PCI device number.
pub const DEVICE: u16 = 0x11e8;
