//! Functions whose generated code is checked by `cargo xtask codegen`.
//!
//! Exported names say what a function is for:
//!
//! * `probe_…` goes through io-core's public API; what its code must be stands in
//!   `codegen-check/src/expect`;
//! * `twin_…` is the same access written by hand; the probe may not cost more;
//! * `mutant_…` does what io-core must never do; the rules must refuse it.

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

/// A view of registers or memory is a pointer and nothing else.
const _: () = {
    use io_core::{Mmio, RelaxedMmio, SysMem};

    assert!(size_of::<Mmio<'_, u32>>() == size_of::<usize>());
    assert!(size_of::<RelaxedMmio<'_, u32>>() == size_of::<usize>());
    assert!(size_of::<SysMem<'_, [u8; 64]>>() == size_of::<usize>());
    assert!(size_of::<SysMem<'_, [u8]>>() == 2 * size_of::<usize>());
    assert!(size_of::<Option<SysMem<'_, u32>>>() <= 2 * size_of::<usize>());
};
