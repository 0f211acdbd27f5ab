//! An access without a row in io-core's table, from whose fault the kernel recovers by other means.

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

/// Loads a byte with an ordinary `mov`. After a fault, the returned value is meaningless.
pub(super) fn load(address: usize) -> u8 {
    // SAFETY: the access is one load from an address of the window, which nothing else uses; after
    // a fault, execution continues after the load.
    unsafe { foreign_load(core::ptr::with_exposed_provenance(address)) }
}

/// Returns the address of the instruction in [`load`].
pub(super) fn access() -> usize {
    (&raw const foreign_access).addr()
}

/// Returns the address to continue at after a fault at `pc`, if that is the load.
pub(super) fn landing(pc: usize) -> Option<usize> {
    (pc == access()).then(|| (&raw const foreign_landing).addr())
}
