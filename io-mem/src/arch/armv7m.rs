//! Armv7-M: a single core with a 32-bit bus, whose only barriers are full barriers.

#[path = "aligned.rs"]
mod bytewise;

use core::arch::asm;

use super::{
    Barrier,
    blocks::{block, byte_loops, fill_block},
    word::words,
};

pub use bytewise::{copy, fill};

words! {
    after_device_read(_) { after_device_read() }
    u8 "ldrb {value}, [{ptr}]" "strb {value}, [{ptr}]";
    u16 "ldrh {value}, [{ptr}]" "strh {value}, [{ptr}]";
    u32 "ldr {value}, [{ptr}]" "str {value}, [{ptr}]";
}

#[inline(always)]
fn dmb() {
    // SAFETY: a barrier has no operands and no other effect.
    unsafe { asm!("dmb sy", options(nostack, preserves_flags)) };
}

/// Orders later accesses after the preceding device read.
#[inline(always)]
pub fn after_device_read() {
    dmb();
}

/// Orders earlier accesses before the following device write.
#[inline(always)]
pub fn before_device_write() {
    dmb();
}

/// Does nothing: the architecture has no such hint.
#[inline(always)]
pub fn io_stop_wc() {}

/// Source: Arm DDI0403, "Memory barriers": `dsb` waits for completion, `dmb` orders.
#[inline(always)]
pub fn barrier(kind: Barrier) {
    match kind {
        // SAFETY: a barrier has no operands and no other effect.
        Barrier::Mb | Barrier::Rmb | Barrier::Wmb => unsafe {
            asm!("dsb sy", options(nostack, preserves_flags));
        },
        Barrier::DmaMb | Barrier::DmaRmb | Barrier::DmaWmb => dmb(),
    }
}

block!(
    /// One byte.
    copy_1: "ldrb {a}, [{s}]" "strb {a}, [{d}]";
    a = out(reg) _
);
block!(
    /// Two bytes.
    copy_2: "ldrh {a}, [{s}]" "strh {a}, [{d}]";
    a = out(reg) _
);
block!(
    /// Four bytes.
    copy_4: "ldr {a}, [{s}]" "str {a}, [{d}]";
    a = out(reg) _
);
use copy_4 as copy_word;
block!(
    /// Sixteen bytes.
    copy_words: "ldr {a}, [{s}]" "ldr {b}, [{s}, #4]" "ldr {e}, [{s}, #8]" "ldr {f}, [{s}, #12]"
        "str {a}, [{d}]" "str {b}, [{d}, #4]" "str {e}, [{d}, #8]" "str {f}, [{d}, #12]";
    a = out(reg) _, b = out(reg) _, e = out(reg) _, f = out(reg) _
);

fill_block!(
    /// Four bytes.
    fill_word: "str {w}, [{d}]"
);
fill_block!(
    /// Sixteen bytes.
    fill_words: "str {w}, [{d}]" "str {w}, [{d}, #4]" "str {w}, [{d}, #8]" "str {w}, [{d}, #12]"
);

byte_loops!(
    "2: cmp {d}, {e}" "beq 3f" "ldrb {a}, [{s}], #1" "strb {a}, [{d}], #1" "b 2b" "3:";
    "2: cmp {d}, {e}" "beq 3f" "strb {w}, [{d}], #1" "b 2b" "3:"
);
