//! x86-64: a volatile access whose value passes through an empty `asm!`, so that
//! it is not folded into the instruction that uses it.

use core::arch::asm;

macro_rules! words {
    ($($read:ident $after:ident $write:ident $word:ident $class:ident $text:literal;)+) => {$(
        /// # Safety
        ///
        /// `place` is aligned and may be loaded.
        #[inline(always)]
        pub(crate) unsafe fn $read(place: *const $word) -> $word {
            // SAFETY: the contract is this function's own.
            let mut value = unsafe { place.read_volatile() };
            // SAFETY: no instruction.
            unsafe { asm!($text, inout($class) value, options(nomem, nostack, preserves_flags)) };
            value
        }

        /// # Safety
        ///
        /// `place` is aligned and may be stored to.
        #[inline(always)]
        pub(crate) unsafe fn $write(place: *mut $word, value: $word) {
            // SAFETY: the contract is this function's own.
            unsafe { place.write_volatile(value) };
        }

        /// Order of the compiler alone: the processor keeps the rest.
        #[inline(always)]
        pub(crate) fn $after(_value: $word) {
            before_write();
        }
    )+};
}

words! {
    read_8 after_8 write_8 u8 reg_byte "# {0}";
    read_16 after_16 write_16 u16 reg "# {0:x}";
    read_32 after_32 write_32 u32 reg "# {0:e}";
    read_64 after_64 write_64 u64 reg "# {0:r}";
}

/// Order of the compiler alone.
#[inline(always)]
pub(crate) fn before_write() {
    // SAFETY: no instruction.
    unsafe { asm!("", options(nostack, preserves_flags)) };
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

/// Linux' barriers.
pub(crate) mod barrier {
    fences!(mb "mfence", rmb "lfence", wmb "sfence", dma_mb "mfence", dma_rmb "", dma_wmb "");
}
