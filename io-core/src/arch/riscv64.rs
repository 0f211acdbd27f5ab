//! riscv64: weakly ordered; device accesses are the `i`/`o` sets of `fence`.

use core::arch::asm;

use super::{Barrier, accesses::accesses};

accesses! {
    load_8 store_8 u8, "lbu {value}, 0({ptr})" "sb {value}, 0({ptr})";
    load_16 store_16 u16, "lhu {value}, 0({ptr})" "sh {value}, 0({ptr})";
    load_32 store_32 u32, "lw {value}, 0({ptr})" "sw {value}, 0({ptr})";
    load_64 store_64 u64, "ld {value}, 0({ptr})" "sd {value}, 0({ptr})";
}

macro_rules! fence {
    ($text:literal) => {
        // SAFETY: a fence has no operands and no other effect.
        unsafe { asm!($text, options(nostack, preserves_flags)) }
    };
}

/// Later accesses to memory and devices stay behind the device read before
/// this point.
#[inline(always)]
pub(crate) fn after_device_read(_value: u64) {
    fence!("fence i, ir");
}

/// Earlier stores to memory stay before the device write after this point.
#[inline(always)]
pub(crate) fn before_device_write() {
    fence!("fence w, o");
}

/// Linux 6.12 `arch/riscv/include/asm/barrier.h`; the `dma_*` kinds are the
/// mandatory ones there.
#[inline(always)]
pub(crate) fn barrier(kind: Barrier) {
    match kind {
        Barrier::Mb | Barrier::DmaMb => fence!("fence iorw, iorw"),
        Barrier::Rmb | Barrier::DmaRmb => fence!("fence ir, ir"),
        Barrier::Wmb | Barrier::DmaWmb => fence!("fence ow, ow"),
    }
}
