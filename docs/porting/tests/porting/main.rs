//! Each driver before and after the port makes the same accesses, returns the same results and
//! leaves the same memory.

// The accesses are recorded from machine code, which Miri does not execute.
#![cfg(not(miri))]

// The parts of io-core's test `stepping` that record accesses. Other parts of them are unused here.
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
#[allow(dead_code, reason = "the test `stepping` uses more of it")]
#[path = "../../../../io-core/tests/stepping/accesses.rs"]
mod accesses;
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
#[allow(dead_code, reason = "the test `stepping` uses more of it")]
#[path = "../../../../io-core/tests/stepping/touches.rs"]
mod touches;
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
#[allow(dead_code, reason = "the test `stepping` uses more of it")]
#[path = "../../../../io-core/tests/stepping/trap.rs"]
mod trap;

mod kernel_registers;
mod kernel_views;
mod listings;
mod mixed;
mod raw_pointers;
mod run;
mod safe_mmio;
mod svd2rust;
mod tock;
mod volatile_cell;
