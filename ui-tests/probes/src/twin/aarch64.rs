//! aarch64: one instruction in `asm!`.

use core::arch::asm;

macro_rules! words {
    ($($read:ident $after:ident $write:ident $word:ident $load:literal $store:literal;)+) => {$(
        /// # Safety
        ///
        /// * `place` must be aligned for its type.
        /// * `place` must be valid for a volatile load.
        #[inline(always)]
        pub(crate) unsafe fn $read(place: *const $word) -> $word {
            let value;
            // SAFETY: the caller guarantees that `place` is aligned and valid for the load, which
            // is the only access of the `asm!`.
            unsafe {
                asm!($load, v = lateout(reg) value, p = in(reg) place,
                    options(nostack, preserves_flags));
            }
            value
        }

        /// # Safety
        ///
        /// * `place` must be aligned for its type.
        /// * `place` must be valid for a volatile store.
        #[inline(always)]
        pub(crate) unsafe fn $write(place: *mut $word, value: $word) {
            // SAFETY: the caller guarantees that `place` is aligned and valid for the store, which
            // is the only access of the `asm!`.
            unsafe {
                asm!($store, v = in(reg) value, p = in(reg) place,
                    options(nostack, preserves_flags));
            }
        }

        /// Orders later accesses, and a delay that starts later, after the read.
        #[inline(always)]
        pub(crate) fn $after(value: $word) {
            // SAFETY: a barrier, and a conditional branch that is never taken because its operand
            // is zero.
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
            // SAFETY: a fence has no operands and accesses no memory.
            unsafe { core::arch::asm!($text, options(nostack, preserves_flags)) };
        }
    )+};
}

fences!(before_write "dmb oshst");

/// The barriers of Linux.
pub(crate) mod barrier {
    fences!(mb "dsb sy", rmb "dsb ld", wmb "dsb st",
        dma_mb "dmb osh", dma_rmb "dmb oshld", dma_wmb "dmb oshst");
}
