#![doc = include_str!("front_page.md")]
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod error;
mod error_mode;
mod width;

#[doc(hidden)]
pub mod arch;
pub mod barrier;
pub mod bytewise;
pub mod fault;
pub mod vm;

pub use error::{AccessError, CopyError, Error, OutOfBound, Timeout};
pub use error_mode::{ErrorMode, MayFail};
pub use width::{Repr, Width};

/// Compiles and runs the listing of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
