//! Functions whose generated code is checked by `cargo xtask codegen`.
//!
//! The prefix of an exported name is its purpose:
//!
//! * `probe_…` uses io-core's public API; `codegen-check/src/expect` contains the rule for its
//!   code;
//! * `twin_…` is the same access written by hand; the probe must not cost more;
//! * `mutant_…` does something that io-core must never do; the rules must refuse it;
//! * `shown_…` is a row of the README's table of instructions, which must equal the code.
//!
//! Armv7-M has no rules, so only the functions of that table are compiled for it.

#![no_std]

#[cfg(not(target_os = "none"))]
extern crate std;

#[cfg(not(target_arch = "arm"))]
mod access;
#[cfg(not(target_arch = "arm"))]
mod barriers;
#[cfg(not(target_arch = "arm"))]
mod bits;
#[cfg(not(target_arch = "arm"))]
mod block;
#[cfg(not(target_arch = "arm"))]
mod copies;
#[cfg(not(target_arch = "arm"))]
mod device_copies;
mod instructions;
#[cfg(not(target_arch = "arm"))]
mod kinds;
#[cfg(not(target_arch = "arm"))]
mod locations;
#[cfg(not(target_arch = "arm"))]
mod mutants;
#[cfg(not(target_arch = "arm"))]
mod order;
#[cfg(not(target_arch = "arm"))]
mod twin;
#[cfg(not(target_arch = "arm"))]
mod views;

#[cfg(target_os = "none")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}

/// A view of registers or memory has the size of a pointer.
const _: () = {
    use io_core::{Mmio, RelaxedMmio, SysMem};

    assert!(size_of::<Mmio<'_, u32>>() == size_of::<usize>());
    assert!(size_of::<RelaxedMmio<'_, u32>>() == size_of::<usize>());
    assert!(size_of::<SysMem<'_, [u8; 64]>>() == size_of::<usize>());
    assert!(size_of::<SysMem<'_, [u8]>>() == 2 * size_of::<usize>());
    assert!(size_of::<Option<SysMem<'_, u32>>>() <= 2 * size_of::<usize>());
};
