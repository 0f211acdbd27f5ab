//! A kernel, small and with nothing below it, whose page faults in fallible copies are real ones.
//!
//! It maps pages, takes them away, and looks what io-core's copies and accesses make of it: the
//! processor's own exceptions lead to its handler, which asks `io_core::fault::lookup`. It is built
//! for `x86_64-unknown-none` and run in QEMU by `cargo xtask guest`; for a host it is a program that
//! says so.

#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod kernel;

#[cfg(not(target_os = "none"))]
fn main() -> std::process::ExitCode {
    eprintln!("this is a kernel: `cargo xtask guest` builds it for QEMU and runs it there");
    std::process::ExitCode::FAILURE
}
