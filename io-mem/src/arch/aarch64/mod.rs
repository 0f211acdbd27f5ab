//! aarch64: weakly ordered; devices are observers of the outer shareable domain.
//!
//! Accesses are `asm!` with only a base register: in a loop, LLVM may use a post-index form for a
//! volatile access. This form has no syndrome information for a hypervisor that must emulate the
//! access.

mod copies;

use core::arch::asm;

use super::{Barrier, word::words};

pub use copies::{copy, fill};

words! {
    after_device_read(value) {
        after_device_read();
        // Later instructions, such as reads of a counter in a delay, wait for the load of `value`,
        // because the branch depends on it. The branch is never taken.
        //
        // SAFETY: the operand of the branch is always zero, whatever the unused bits of the
        // register contain, so the branch to itself is never taken.
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

/// Orders later accesses after the preceding device read.
#[inline(always)]
pub fn after_device_read() {
    // SAFETY: a barrier has no operands and no other effect.
    unsafe { asm!("dmb oshld", options(nostack, preserves_flags)) };
}

/// Orders earlier stores before the following device write.
#[inline(always)]
pub fn before_device_write() {
    // SAFETY: a barrier has no operands and no other effect.
    unsafe { asm!("dmb oshst", options(nostack, preserves_flags)) };
}

/// The "data gathering hint": earlier writes are not gathered with later writes.
#[inline(always)]
pub fn io_stop_wc() {
    // SAFETY: a hint has no operands and no other effect.
    unsafe { asm!("hint #6", options(nostack, preserves_flags)) };
}

/// Source: Linux 6.12 `arch/arm64/include/asm/barrier.h`.
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
