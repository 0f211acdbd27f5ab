//! x86-64: a volatile access whose value passes through an empty `asm!`, so that it is not folded
//! into the instruction that uses it.

use core::arch::asm;

macro_rules! words {
    ($($read:ident $after:ident $write:ident $word:ident $class:ident $text:literal;)+) => {$(
        /// # Safety
        ///
        /// * `place` must be aligned for its type.
        /// * `place` must be valid for a volatile load.
        #[inline(always)]
        pub(crate) unsafe fn $read(place: *const $word) -> $word {
            // SAFETY: the caller guarantees that `place` is aligned and valid for the load.
            let mut value = unsafe { place.read_volatile() };
            // SAFETY: the `asm!` contains no instruction.
            unsafe { asm!($text, inout($class) value, options(nomem, nostack, preserves_flags)) };
            value
        }

        /// # Safety
        ///
        /// * `place` must be aligned for its type.
        /// * `place` must be valid for a volatile store.
        #[inline(always)]
        pub(crate) unsafe fn $write(place: *mut $word, value: $word) {
            // SAFETY: the caller guarantees that `place` is aligned and valid for the store.
            unsafe { place.write_volatile(value) };
        }

        /// A compiler barrier: the processor does not reorder these accesses.
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

/// A compiler barrier.
#[inline(always)]
pub(crate) fn before_write() {
    // SAFETY: the `asm!` contains no instruction.
    unsafe { asm!("", options(nostack, preserves_flags)) };
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

/// The barriers of Linux.
pub(crate) mod barrier {
    fences!(mb "mfence", rmb "lfence", wmb "sfence", dma_mb "mfence", dma_rmb "", dma_wmb "");
}
