//! Memory that may fault: memory of a user or a guest, or of a file that another process may
//! truncate.
//!
//! An access of this module to memory that is unmapped or protected returns an error with the
//! number of bytes that were done before the fault. This is made possible by a *recovery table*,
//! which is emitted beside the instructions: for each instruction that may fault, it contains the
//! address at which to continue. The code that handles the processor's faults calls [`lookup`]:
//!
//! * in a kernel, the page-fault handler, once it has determined that it cannot make the page
//!   present, or at once where it must not try (with interrupts disabled, or under a spin lock);
//! * in a program of an operating system, the signal handler that `install` installs (Linux,
//!   feature `std`).
//!
//! ```
//! /// The last step of a kernel's page-fault handler: returns whether execution can continue.
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
//! [`FaultBackend`] is the trait for such accesses. [`RecoveryTable`] is the implementation of this
//! module, for x86-64, aarch64 and riscv64. Other requirements (a processor that must be notified
//! of accesses to user memory, or memory of another machine) need another backend. `SystemCalls`
//! (Linux, feature `std`) needs no handler, and is slow. For tests, io-sim has `SimFaults`.
//!
//! If a kernel's linker script lists its sections one by one, it must keep the table:
//! `KEEP(*(io_mem_faults_v1))` between `__start_io_mem_faults_v1 = .;` and
//! `__stop_io_mem_faults_v1 = .;`, aligned to 4. For sections that the script does not mention,
//! linkers do this automatically. The repository's `guest` is a kernel that does all of this.
//!
//! Source: Linux's `copy_from_user` and `Documentation/arch/x86/exception-tables.rst`.

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
