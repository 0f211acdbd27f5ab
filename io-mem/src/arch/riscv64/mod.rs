//! riscv64: weakly ordered; `fence` has separate sets `i` and `o` for device accesses.

#[path = "../aligned.rs"]
mod bytewise;

use core::arch::asm;

use super::{
    Barrier,
    blocks::{block, byte_loops, fill_block},
    word::words,
};

words! {
    after_device_read(_) { after_device_read() }
    u8 "lbu {value}, 0({ptr})" "sb {value}, 0({ptr})";
    u16 "lhu {value}, 0({ptr})" "sh {value}, 0({ptr})";
    u32 "lw {value}, 0({ptr})" "sw {value}, 0({ptr})";
    u64 "ld {value}, 0({ptr})" "sd {value}, 0({ptr})";
}

pub use bytewise::{copy, fill};

macro_rules! fence {
    ($text:literal) => {
        // SAFETY: a fence has no operands and no other effect.
        unsafe { asm!($text, options(nostack, preserves_flags)) }
    };
}

/// Orders later accesses to memory and devices after the preceding device read.
#[inline(always)]
pub fn after_device_read() {
    fence!("fence i, ir");
}

/// Orders earlier stores to memory before the following device write.
#[inline(always)]
pub fn before_device_write() {
    fence!("fence w, o");
}

/// Does nothing: the architecture has no such hint.
#[inline(always)]
pub fn io_stop_wc() {}

/// Source: Linux 6.12 `arch/riscv/include/asm/barrier.h`, where the `dma_*` barriers are the same
/// as the mandatory ones.
#[inline(always)]
pub fn barrier(kind: Barrier) {
    match kind {
        Barrier::Mb | Barrier::DmaMb => fence!("fence iorw, iorw"),
        Barrier::Rmb | Barrier::DmaRmb => fence!("fence ir, ir"),
        Barrier::Wmb | Barrier::DmaWmb => fence!("fence ow, ow"),
    }
}

block!(
    /// One byte.
    copy_1: "lbu {a}, 0({s})" "sb {a}, 0({d})";
    a = out(reg) _
);
block!(
    /// Two bytes.
    copy_2: "lhu {a}, 0({s})" "sh {a}, 0({d})";
    a = out(reg) _
);
block!(
    /// Four bytes.
    copy_4: "lwu {a}, 0({s})" "sw {a}, 0({d})";
    a = out(reg) _
);
block!(
    /// Eight bytes.
    copy_word: "ld {a}, 0({s})" "sd {a}, 0({d})";
    a = out(reg) _
);
block!(
    /// 32 bytes.
    copy_words: "ld {a}, 0({s})" "ld {b}, 8({s})" "ld {e}, 16({s})" "ld {f}, 24({s})"
        "sd {a}, 0({d})" "sd {b}, 8({d})" "sd {e}, 16({d})" "sd {f}, 24({d})";
    a = out(reg) _, b = out(reg) _, e = out(reg) _, f = out(reg) _
);

fill_block!(
    /// Eight bytes.
    fill_word: "sd {w}, 0({d})"
);
fill_block!(
    /// 32 bytes.
    fill_words: "sd {w}, 0({d})" "sd {w}, 8({d})" "sd {w}, 16({d})" "sd {w}, 24({d})"
);

byte_loops!(
    "2: beq {d}, {e}, 3f" "lbu {a}, 0({s})" "sb {a}, 0({d})" "addi {s}, {s}, 1" "addi {d}, {d}, 1"
    "j 2b" "3:";
    "2: beq {d}, {e}, 3f" "sb {w}, 0({d})" "addi {d}, {d}, 1" "j 2b" "3:"
);
