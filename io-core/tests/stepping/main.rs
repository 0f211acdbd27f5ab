//! The exact bytes that are accessed: the library's code is executed one instruction at a time, and
//! each of its loads and stores is computed from the instruction and the registers before it.
//!
//! This tests "each byte loaded once and stored once, in ascending address order, and nothing else"
//! and "one access is one access". [`wrong_copies`] tests that violations are detected.

// The trap flag, the layout of the registers and the decoder are specific to x86-64, the signal to
// Linux. Miri does not execute machine code.
#![cfg(all(not(miri), target_arch = "x86_64", target_os = "linux"))]

mod accesses;
mod bytewise;
mod constant;
mod cursors;
mod device;
mod rules;
mod single;
mod touches;
mod trap;
mod wrong_copies;

/// Unoptimised code is tested as well, but needs many more steps. There, each test checks fewer
/// cases of the same kinds.
const IS_OPTIMISED: bool = cfg!(not(debug_assertions));
