//! Rust test programs drive QEMU's real device models, with no guest at all.
//!
//! [`Machine`] describes a machine and starts the stock `qemu-system-x86_64`
//! with a qtest channel: the virtual CPU sleeps, and this process plays its
//! part. [`Connection`] makes bus accesses, [`PciDevice`] finds a device and
//! places its BARs, [`GuestRam`] is the guest's memory mapped into this process
//! (a device's DMA engine reads and writes it), and [`Qemu::accesses`] tells
//! which accesses QEMU itself saw.
//!
//! Nothing is left behind: no file is made (sockets and memory files are handed
//! over as descriptors), and QEMU dies with its owner, also when the owner is
//! killed.
//!
//! ```
//! # fn main() -> Result<(), io_qtest::Error> {
//! let qemu = io_qtest::Machine::q35().device("edu,addr=4").start()?;
//! let edu = qemu.find(0x1234, 0x11e8)?;
//! let bar = edu.bar(0)?;
//! edu.enable()?;
//! assert_eq!(qemu.connection().readl(bar.address)?, 0x0100_00ed);
//! qemu.finish()
//! # }
//! ```

extern crate alloc;

mod bars;
mod child;
mod connection;
mod error;
mod log;
mod machine;
mod memfd;
mod pci;
mod qemu;
mod ram;

pub use bars::{Bar, BarKind};
pub use connection::Connection;
pub use error::Error;
pub use log::Access;
pub use machine::Machine;
pub use pci::PciDevice;
pub use qemu::Qemu;
pub use ram::GuestRam;

/// Locks, whether or not another thread panicked with the lock held: what our
/// mutexes guard is valid after every statement.
fn lock<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
