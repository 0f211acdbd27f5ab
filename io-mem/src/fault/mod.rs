//! Memory that may fault: a user's, a guest's, a file that somebody truncates.
//!
//! An access of this module to memory that is not there is an error and nothing more, with the number
//! of bytes that were done before it. What makes that so is a *recovery table*, emitted beside the
//! instructions: for each instruction that may fault, where to go on instead. Whoever handles the
//! processor's faults asks [`lookup`]:
//!
//! * in a kernel the page-fault handler, once it knows that it cannot make the page present, or at once
//!   where it must not try (with interrupts off, under a spin lock);
//! * in a program of an operating system the signal handler that `install` sets up (Linux,
//!   feature `std`).
//!
//! ```
//! /// The end of a kernel's page-fault handler: whether there is a way to go on.
//! fn recover(pc: &mut usize) -> bool {
//!     let landing = io_mem::fault::lookup(*pc);
//!     *pc = landing.unwrap_or(*pc);
//!     landing.is_some()
//! }
//!
//! let mut pc = 0x1234;
//! assert!(!recover(&mut pc), "not an instruction of ours");
//! ```
//!
//! [`FaultBackend`] is the contract of such accesses. [`RecoveryTable`] is this module's own, for
//! x86-64, aarch64 and riscv64; authors with other needs (a processor that must be told that user memory is
//! accessed, memory of another machine) bring their own. `SystemCalls` (Linux, feature `std`) needs no
//! handler, and is slow. Tests have `SimFaults` of the crate io-sim.
//!
//! A linker script of a kernel has to keep the table, where it names its sections one by one:
//! `KEEP(*(io_mem_faults_v1))` between `__start_io_mem_faults_v1 = .;` and
//! `__stop_io_mem_faults_v1 = .;`, aligned to 4. Linkers do that on their own for sections that
//! the script does not mention. The repository's `guest` is a kernel that does all this.
//!
//! Source: Linux' `copy_from_user` and `Documentation/arch/x86/exception-tables.rst`.

mod backend;
#[cfg(all(feature = "std", target_os = "linux"))]
mod calls;
mod recovery;
#[cfg(all(feature = "std", target_os = "linux"))]
mod signal;

pub use crate::arch::fault::Fault;
pub use backend::{FaultAtomic, FaultBackend, FaultWords};
#[cfg(all(feature = "std", target_os = "linux"))]
pub use calls::SystemCalls;
pub use recovery::{RecoveryTable, lookup};
#[cfg(all(feature = "std", target_os = "linux"))]
pub use signal::{install, is_installed};
