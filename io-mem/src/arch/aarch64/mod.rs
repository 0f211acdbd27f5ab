//! aarch64: weakly ordered; devices are observers of the outer shareable domain.
//!
//! Accesses are `asm!` with a base register only: LLVM may give a volatile
//! access in a loop a post-index form, which has no syndrome information for a
//! hypervisor that must emulate it.

mod copies;

use core::arch::asm;

use super::{Barrier, word::words};

pub use copies::{copy, fill};

words! {
    after_device_read(value) {
        after_device_read();
        // Later instructions, such as the reads of a counter in a delay, wait for
        // the load of `value`: the branch never taken depends on it.
        // SAFETY: a branch to itself on a number that is always zero, whatever the
        // unused bits of the register hold.
        unsafe {
            asm!("eor {t}, {v:x}, {v:x}", "cbnz {t}, .", v = in(reg) value, t = out(reg) _,
                options(nostack, preserves_flags));
        }
    }
    u8 "ldrb {value:w}, [{ptr}]" "strb {value:w}, [{ptr}]";
    u16 "ldrh {value:w}, [{ptr}]" "strh {value:w}, [{ptr}]";
    u32 "ldr {value:w}, [{ptr}]" "str {value:w}, [{ptr}]";
    u64 "ldr {value}, [{ptr}]" "str {value}, [{ptr}]";
}

/// Later accesses stay behind the device read before this point.
#[inline(always)]
pub fn after_device_read() {
    // SAFETY: a barrier has no operands and no other effect.
    unsafe { asm!("dmb oshld", options(nostack, preserves_flags)) };
}

/// Earlier stores stay before the device write after this point.
#[inline(always)]
pub fn before_device_write() {
    // SAFETY: a barrier has no operands and no other effect.
    unsafe { asm!("dmb oshst", options(nostack, preserves_flags)) };
}

/// "Data gathering hint": what was written is not gathered with what follows.
#[inline(always)]
pub fn io_stop_wc() {
    // SAFETY: a hint has no operands and no other effect.
    unsafe { asm!("hint #6", options(nostack, preserves_flags)) };
}

/// Linux 6.12 `arch/arm64/include/asm/barrier.h`.
#[inline(always)]
pub fn barrier(kind: Barrier) {
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
