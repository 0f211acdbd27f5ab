//! aarch64: one instruction in `asm!`.

use core::arch::asm;

macro_rules! words {
    ($($read:ident $after:ident $write:ident $word:ident $load:literal $store:literal;)+) => {$(
        /// # Safety
        ///
        /// `place` is aligned and may be loaded.
        #[inline(always)]
        pub(crate) unsafe fn $read(place: *const $word) -> $word {
            let value;
            // SAFETY: the contract is this function's own.
            unsafe {
                asm!($load, v = lateout(reg) value, p = in(reg) place,
                    options(nostack, preserves_flags));
            }
            value
        }

        /// # Safety
        ///
        /// `place` is aligned and may be stored to.
        #[inline(always)]
        pub(crate) unsafe fn $write(place: *mut $word, value: $word) {
            // SAFETY: the contract is this function's own.
            unsafe {
                asm!($store, v = in(reg) value, p = in(reg) place,
                    options(nostack, preserves_flags));
            }
        }

        /// Later accesses, and a delay that starts later, stay behind the read.
        #[inline(always)]
        pub(crate) fn $after(value: $word) {
            // SAFETY: a barrier, and a branch on zero that is never taken.
            unsafe {
                asm!("dmb oshld", "eor {t}, {v:x}, {v:x}", "cbnz {t}, .", v = in(reg) value,
                    t = out(reg) _, options(nostack, preserves_flags));
            }
        }
    )+};
}

words! {
    read_8 after_8 write_8 u8 "ldrb {v:w}, [{p}]" "strb {v:w}, [{p}]";
    read_16 after_16 write_16 u16 "ldrh {v:w}, [{p}]" "strh {v:w}, [{p}]";
    read_32 after_32 write_32 u32 "ldr {v:w}, [{p}]" "str {v:w}, [{p}]";
    read_64 after_64 write_64 u64 "ldr {v}, [{p}]" "str {v}, [{p}]";
}

macro_rules! fences {
    ($($name:ident $text:literal),+) => {$(
        #[inline(always)]
        pub(crate) fn $name() {
            // SAFETY: a fence has no operands.
            unsafe { core::arch::asm!($text, options(nostack, preserves_flags)) };
        }
    )+};
}

fences!(before_write "dmb oshst");

/// Linux' barriers.
pub(crate) mod barrier {
    fences!(mb "dsb sy", rmb "dsb ld", wmb "dsb st",
        dma_mb "dmb osh", dma_rmb "dmb oshld", dma_wmb "dmb oshst");
}
