//! What the tests observe with, and nothing that they test.

pub(crate) mod direct;
pub(crate) mod flaky;
pub(crate) mod logger;
pub(crate) mod panics;
pub(crate) mod raw;

/// The bound of code that uses every width that memory has on this target:
/// where registers are 32 bits wide, `u64` exists on simulated buses only.
#[cfg(not(target_pointer_width = "64"))]
pub(crate) use io_core::Bus32 as Bus;
#[cfg(target_pointer_width = "64")]
pub(crate) use io_core::Bus64 as Bus;
