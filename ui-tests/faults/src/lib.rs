//! Checks that faults are survived, to the byte, by a program of any build form.
//!
//! Each gives how many faults it has seen recovered, always the same number, or the first difference.
//! What is generic over the backend is compiled into the program that calls it; what is not, into
//! this library: a program has rows of the recovery table from both, and from io-core.

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
