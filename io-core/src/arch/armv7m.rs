//! Armv7-M: one core whose only barriers are full ones; a 32-bit bus.

use core::arch::asm;

use super::{Barrier, accesses::accesses};

accesses! {
    load_8 store_8 u8, "ldrb {value}, [{ptr}]" "strb {value}, [{ptr}]";
    load_16 store_16 u16, "ldrh {value}, [{ptr}]" "strh {value}, [{ptr}]";
    load_32 store_32 u32, "ldr {value}, [{ptr}]" "str {value}, [{ptr}]";
}

#[inline(always)]
fn dmb() {
    // SAFETY: a barrier has no operands and no other effect.
    unsafe { asm!("dmb sy", options(nostack, preserves_flags)) };
}

/// Later accesses stay behind the device read before this point.
#[inline(always)]
pub(crate) fn after_device_read(_value: u64) {
    dmb();
}

/// Earlier accesses stay before the device write after this point.
#[inline(always)]
pub(crate) fn before_device_write() {
    dmb();
}

/// Arm DDI0403, "Memory barriers": `dsb` waits for completion, `dmb` orders.
#[inline(always)]
pub(crate) fn barrier(kind: Barrier) {
    match kind {
        // SAFETY: a barrier has no operands and no other effect.
        Barrier::Mb | Barrier::Rmb | Barrier::Wmb => unsafe {
            asm!("dsb sy", options(nostack, preserves_flags));
        },
        Barrier::DmaMb | Barrier::DmaRmb | Barrier::DmaWmb => dmb(),
    }
}
