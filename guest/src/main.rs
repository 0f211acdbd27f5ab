//! A small bare-metal kernel with real page faults in fallible copies.
//!
//! It maps and unmaps pages and checks the results of io-core's copies and accesses: the
//! processor's exceptions lead to its handler, which calls `io_core::fault::lookup`. It is built
//! for `x86_64-unknown-none` and run in QEMU by `cargo xtask guest`; on a host it is a program that
//! only prints an explanation.

#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod kernel;

#[cfg(not(target_os = "none"))]
fn main() -> std::process::ExitCode {
    eprintln!("this program is a kernel: `cargo xtask guest` builds it and runs it in QEMU");
    std::process::ExitCode::FAILURE
}
