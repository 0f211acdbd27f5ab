//! Records in a file that another process truncates and rewrites while it is read.
//!
//! The file is mapped, so a read is a copy and no system call; and what has just been cut off is an
//! error of that read. Nothing is lost but what is gone.

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
