//! Rust test programs drive QEMU's real device models, with no guest at all.
//!
//! [`Machine`] describes a machine and starts the stock `qemu-system-x86_64`
//! with a qtest channel: the virtual CPU sleeps, and this process plays its
//! part. [`PciDevice`] finds a device and [maps](PciDevice::map) its BARs as
//! typed views, which drivers written for [`io_core`] run over; [`Qemu::dma`]
//! is the memory that they share with the device, and [`Qemu::accesses`] tells
//! which accesses QEMU itself saw.
//!
//! ```
//! use io_core::prelude::*;
//!
//! #[derive(IoStruct)]
//! #[repr(C)]
//! struct Edu {
//!     /// `0xRRrr00ED`
//!     id: Ro<Le<u32>>,
//!     /// Reads as the complement of what was written.
//!     liveness: Le<u32>,
//! }
//!
//! # fn main() -> Result<(), io_qtest::Error> {
//! let qemu = io_qtest::Machine::q35().device("edu,addr=4").trace(true).start()?;
//! let edu = qemu.find(0x1234, 0x11E8)?.map::<Edu>(0)?;
//! assert_eq!(io_read!(&edu, .id) & 0xFFFF, 0x00ED);
//! io_write!(&edu, .liveness, 0x1234_5678);
//! assert_eq!(io_read!(&edu, .liveness), !0x1234_5678);
//! assert_eq!(qemu.accesses("edu-mmio")?.len(), 3);
//! qemu.finish()
//! # }
//! ```
//!
//! | what | view | owner |
//! |---|---|---|
//! | memory BAR | [`QtestMmio`] | [`PciDevice::map`], [`PciDevice::map_region`] |
//! | I/O BAR | [`QtestPort`] | [`PciDevice::map_ports`], [`PciDevice::map_port_region`] |
//! | fixed address or port | the same | none: [`Qemu::mmio`], [`Qemu::ports`] |
//! | guest RAM | [`CoherentView`](io_core::CoherentView) | [`Coherent`](io_core::Coherent) in [`GuestDma`] |
//!
//! Accesses of the views can't fail, so that ordinary drivers run: when QEMU is
//! silent or gone, reads give all ones, and [`Qemu::check`] and
//! [`Qemu::finish`] tell of it (the drop does, too, with a panic).
//! [`fallible`](QtestView::fallible) views give a `Result` instead. Below them,
//! [`Connection`] makes accesses at bare addresses, and [`GuestRam`] is the
//! guest's memory mapped into this process.
//!
//! Nothing is left behind: no file is made (sockets and memory files are handed
//! over as descriptors), and QEMU dies with its owner, also when the owner is
//! killed.

extern crate alloc;

mod bars;
mod child;
mod connection;
mod dma;
mod error;
mod log;
mod machine;
mod mapped;
mod memfd;
mod pci;
mod qemu;
mod ram;
mod view;

pub use bars::{Bar, BarKind};
pub use connection::Connection;
pub use dma::GuestDma;
pub use error::Error;
pub use log::Access;
pub use machine::Machine;
pub use mapped::MappedBar;
pub use pci::PciDevice;
pub use qemu::Qemu;
pub use ram::GuestRam;
pub use view::{
    Fallible, Memory, Mode, Ports, QtestBackend, QtestFallible, QtestMmio, QtestPort,
    QtestPortFallible, QtestView, Quiet, Space,
};

/// Locks, whether or not another thread panicked with the lock held: what our
/// mutexes guard is valid after every statement.
fn lock<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
