//! Checks that a program of any build form recovers from faults, exactly to the byte.
//!
//! Each check returns the number of recovered faults, which is always the same, or the first
//! difference. Code that is generic over the backend is compiled into the program that calls it;
//! other code into this library. A program therefore has rows of the recovery table from both, and
//! from io-core.

#![cfg(target_os = "linux")]

pub mod copies;
mod difference;
pub mod files;
#[path = "../../../io-mem/tests/fault/memory.rs"]
mod memory;
pub mod restored;
pub mod threads;
pub mod words;

pub use difference::Difference;
