//! Memory that faults is survived, and the count of bytes is exact.
//!
//! Real faults: protected pages, truncated files, addresses that are none; and signals that are not
//! ours, in processes of their own.

// Where faults are recovered from; Miri executes no machine code.
#![cfg(all(
    not(miri),
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64"),
    target_os = "linux"
))]

// QEMU's user emulation knows no `process_vm_readv`.
#[cfg(not(emulated))]
mod calls;
// QEMU's user emulation starts no further program of the guest's.
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
mod places;
mod threads;
mod whole_space;
mod words;
