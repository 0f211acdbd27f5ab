//! Test programs in Rust that drive QEMU's device models without a guest.
//!
//! [`Machine`] describes a machine and starts the stock `qemu-system-x86_64` with a qtest channel:
//! the virtual CPU is halted, and this process makes accesses in its place. [`PciDevice`] finds a
//! device and [maps](PciDevice::map) its BARs as typed views, which drivers written for [`io_core`]
//! use. [`Qemu::dma`] returns the memory that they share with the device, and [`Qemu::accesses`]
//! the accesses that QEMU observed.
//!
//! ```
//! use io_core::prelude::*;
//!
//! #[derive(IoStruct)]
//! #[repr(C)]
//! struct Edu {
//!     /// `0xRRrr00ED`
//!     id: Ro<Le<u32>>,
//!     /// Reads as the complement of the value that was written.
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
//! | location | view | owner |
//! |---|---|---|
//! | memory BAR | [`QtestMmio`] | [`PciDevice::map`], [`PciDevice::map_region`] |
//! | I/O BAR | [`QtestPort`] | [`PciDevice::map_ports`], [`PciDevice::map_port_region`] |
//! | fixed address or port | the same | none: [`Qemu::mmio`], [`Qemu::ports`] |
//! | guest RAM | [`CoherentView`](io_core::CoherentView) | [`Coherent`](io_core::Coherent) in [`GuestDma`] |
//!
//! Accesses of the views cannot fail, so ordinary drivers can use them: if QEMU does not answer or
//! has ended, reads return all ones, and [`Qemu::check`] and [`Qemu::finish`] report the failure
//! (so does the drop, by a panic). [`fallible`](QtestView::fallible) views return a `Result`
//! instead. At a lower level, [`Connection`] makes accesses at plain addresses, and [`GuestRam`] is
//! the guest's memory mapped into this process.
//!
//! No resources remain after a run: no file is created on disk (sockets and memory files are passed
//! as descriptors), and QEMU is killed when its owner ends, even if the owner is killed.

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

/// Locks a mutex, even if another thread panicked while it held the lock: the data in our mutexes
/// is valid after every statement.
fn lock<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
