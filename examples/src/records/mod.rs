//! Records in a file that another process truncates and rewrites while it is read.
//!
//! The file is mapped, so a read is a copy and not a system call. A read of a part that was
//! truncated returns an error. All other records can still be read.

#[cfg(all(feature = "std", target_os = "linux"))]
pub mod host;
mod log;
mod record;
#[cfg(all(feature = "std", target_os = "linux"))]
mod writer;

pub use log::{Header, LENGTH, end, find, place, round};
pub use record::Record;
#[cfg(all(feature = "std", target_os = "linux"))]
pub use writer::{Failed, Task};
