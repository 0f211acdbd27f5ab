//! Utilities that the tests use for their observations.

pub(crate) mod direct;
pub(crate) mod flaky;
pub(crate) mod logger;
pub(crate) mod panics;
pub(crate) mod raw;

/// The bound of code that uses every access width that memory supports on this target. Where
/// registers are 32 bits wide, only simulated buses support `u64`.
#[cfg(not(target_pointer_width = "64"))]
pub(crate) use io_core::Bus32 as Bus;
#[cfg(target_pointer_width = "64")]
pub(crate) use io_core::Bus64 as Bus;
