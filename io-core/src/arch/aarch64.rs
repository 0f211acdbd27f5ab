//! aarch64: weakly ordered; devices are observers of the outer shareable domain.
//!
//! Accesses are `asm!` with a base register only: LLVM may give a volatile
//! access in a loop a post-index form, which has no syndrome information for a
//! hypervisor that must emulate it.

use core::arch::asm;

use super::{Barrier, accesses::accesses};

accesses! {
    load_8 store_8 u8, "ldrb {value:w}, [{ptr}]" "strb {value:w}, [{ptr}]";
    load_16 store_16 u16, "ldrh {value:w}, [{ptr}]" "strh {value:w}, [{ptr}]";
    load_32 store_32 u32, "ldr {value:w}, [{ptr}]" "str {value:w}, [{ptr}]";
    load_64 store_64 u64, "ldr {value}, [{ptr}]" "str {value}, [{ptr}]";
}

/// Later accesses, and a delay that starts later, stay behind the device read
/// of `value` (the branch never taken depends on it).
#[inline(always)]
pub(crate) fn after_device_read(value: u64) {
    // SAFETY: a barrier, and a branch to itself on a value that is always zero.
    unsafe {
        asm!("dmb oshld", "eor {t}, {v}, {v}", "cbnz {t}, .", v = in(reg) value, t = out(reg) _,
            options(nostack, preserves_flags));
    }
}

/// Earlier stores stay before the device write after this point.
#[inline(always)]
pub(crate) fn before_device_write() {
    // SAFETY: a barrier has no operands and no other effect.
    unsafe { asm!("dmb oshst", options(nostack, preserves_flags)) };
}

/// Linux 6.12 `arch/arm64/include/asm/barrier.h`.
#[inline(always)]
pub(crate) fn barrier(kind: Barrier) {
    macro_rules! fence {
        ($text:literal) => {
            // SAFETY: a barrier has no operands and no other effect.
            unsafe { asm!($text, options(nostack, preserves_flags)) }
        };
    }
    match kind {
        Barrier::Mb => fence!("dsb sy"),
        Barrier::Rmb => fence!("dsb ld"),
        Barrier::Wmb => fence!("dsb st"),
        Barrier::DmaMb => fence!("dmb osh"),
        Barrier::DmaRmb => fence!("dmb oshld"),
        Barrier::DmaWmb => fence!("dmb oshst"),
    }
}
