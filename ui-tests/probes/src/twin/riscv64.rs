//! riscv64: one instruction in `asm!`.

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

        /// Orders later accesses after the read.
        #[inline(always)]
        pub(crate) fn $after(_value: $word) {
            // SAFETY: a fence has no operands and accesses no memory.
            unsafe { asm!("fence i, ir", options(nostack, preserves_flags)) };
        }
    )+};
}

words! {
    read_8 after_8 write_8 u8 "lbu {v}, 0({p})" "sb {v}, 0({p})";
    read_16 after_16 write_16 u16 "lhu {v}, 0({p})" "sh {v}, 0({p})";
    read_32 after_32 write_32 u32 "lw {v}, 0({p})" "sw {v}, 0({p})";
    read_64 after_64 write_64 u64 "ld {v}, 0({p})" "sd {v}, 0({p})";
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

fences!(before_write "fence w, o");

/// The barriers of Linux.
pub(crate) mod barrier {
    fences!(mb "fence iorw, iorw", rmb "fence ir, ir", wmb "fence ow, ow",
        dma_mb "fence iorw, iorw", dma_rmb "fence ir, ir", dma_wmb "fence ow, ow");
}
