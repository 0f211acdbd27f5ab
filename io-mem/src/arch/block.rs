//! Blocks: copies and fills of one fixed size, written as instructions.
//!
//! A block makes all its loads before its first store, each ascending and each
//! byte once. It stands in `asm!`, so that it is never elided, merged or made
//! again, and no load of it is made from elsewhere.

/// A block copied by the given instructions from `{s}` to `{d}`.
macro_rules! block {
    ($(#[$doc:meta])* $name:ident: $($line:literal)+; $($out:tt)+) => {
        $(#[$doc])*
        ///
        /// # Safety
        ///
        /// `src` is valid for loads and `dst` for stores of the block's size,
        /// in accesses that the architecture takes at these addresses.
        #[inline(always)]
        pub(in crate::arch) unsafe fn $name(dst: *mut u8, src: *const u8) {
            // SAFETY: loads from and stores to the two blocks, nothing else.
            unsafe {
                core::arch::asm!($($line,)+ d = in(reg) dst, s = in(reg) src, $($out)+,
                    options(nostack, preserves_flags));
            }
        }
    };
}

/// A block at `{d}` filled with the bytes of `{w}`, which are all the same.
macro_rules! fill_block {
    ($(#[$doc:meta])* $name:ident: $($line:literal)+ $(; $($out:tt)+)?) => {
        $(#[$doc])*
        ///
        /// # Safety
        ///
        /// `dst` is valid for stores of the block's size, in accesses that the
        /// architecture takes at this address.
        #[inline(always)]
        pub(in crate::arch) unsafe fn $name(dst: *mut u8, word: usize) {
            // SAFETY: stores to the block, nothing else.
            unsafe {
                core::arch::asm!($($line,)+ d = in(reg) dst, w = in(reg) word, $($($out)+,)?
                    options(nostack, preserves_flags));
            }
        }
    };
}

pub(super) use {block, fill_block};
