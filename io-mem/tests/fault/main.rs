//! Faults are recovered from, and the count of bytes is exact.
//!
//! The faults are real: protected pages, truncated files, and non-canonical addresses. Signals that
//! are not caused by this crate are tested in child processes.

// Only where faults are recovered from; Miri does not execute machine code.
#![cfg(all(
    not(miri),
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"),
    target_os = "linux"
))]

// QEMU's user emulation does not support `process_vm_readv`.
#[cfg(not(emulated))]
mod system_calls;
// QEMU's user emulation does not start child processes of the guest's architecture.
#[cfg(not(emulated))]
mod children;
mod cursors;
mod edge;
mod every_byte;
#[cfg(not(emulated))]
mod handlers;
mod long;
mod mappings;
mod memory;
mod other_faults;
mod threads;
mod whole_space;
mod words;
