//! Functions whose generated code is checked by `cargo xtask codegen`.
//!
//! The prefix of an exported name is its purpose:
//!
//! * `probe_…` uses io-core's public API; `codegen-check/src/expect` contains the rule for its
//!   code;
//! * `twin_…` is the same access written by hand; the probe must not cost more;
//! * `mutant_…` does something that io-core must never do; the rules must refuse it.

#![no_std]

#[cfg(not(target_os = "none"))]
extern crate std;

mod access;
mod barriers;
mod block;
mod copies;
mod device_copies;
mod kinds;
mod mutants;
mod order;
mod twin;
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
