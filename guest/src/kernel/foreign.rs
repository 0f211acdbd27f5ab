//! An access with no row in io-core's table, whose fault is survived by other means.

use core::arch::global_asm;

global_asm!(
    ".global foreign_load, foreign_access, foreign_landing",
    "foreign_load:",
    "foreign_access: mov al, [rdi]",
    "foreign_landing: ret",
);

unsafe extern "C" {
    fn foreign_load(from: *const u8) -> u8;
    static foreign_access: u8;
    static foreign_landing: u8;
}

/// Loads a byte, with a `mov` like any other. What it gives after a fault means nothing.
pub(super) fn load(address: usize) -> u8 {
    // SAFETY: one load from an address of the window, which is nobody's; a fault goes on behind it.
    unsafe { foreign_load(core::ptr::with_exposed_provenance(address)) }
}

/// Where the load of [`load`] is.
pub(super) fn access() -> usize {
    (&raw const foreign_access).addr()
}

/// Where to go on after a fault at `pc`, if it is that load.
pub(super) fn landing(pc: usize) -> Option<usize> {
    (pc == access()).then(|| (&raw const foreign_landing).addr())
}
