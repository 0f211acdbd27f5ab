//! Copies and fills as instructions: blocks of one fixed size, and loops over bytes.
//!
//! A block makes all its loads before its first store, each ascending and each
//! byte once. It stands in `asm!`, so that it is never elided, merged or made
//! again, and no load of it is made from elsewhere. So do loops over bytes, which
//! compilers would unroll wherever they are inlined.

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

/// `copy_bytes` and `fill_bytes` from the instructions of the two loops, which
/// end when `{d}` has come to `{e}`.
#[cfg(any(
    target_arch = "riscv64",
    target_arch = "arm",
    all(target_arch = "aarch64", target_os = "none")
))]
macro_rules! byte_loops {
    ($($copy:literal)+; $($fill:literal)+) => {
        /// Copies `len` bytes one by one.
        ///
        /// # Safety
        ///
        /// `src` is valid for loads and `dst` for stores of `len` bytes.
        #[inline(always)]
        pub(in crate::arch) unsafe fn copy_bytes(dst: *mut u8, src: *const u8, len: usize) {
            let end = dst.wrapping_add(len);
            // SAFETY: loads from and stores to the two places, nothing else.
            unsafe {
                core::arch::asm!($($copy,)+ d = inout(reg) dst => _, s = inout(reg) src => _,
                    e = in(reg) end, a = out(reg) _, options(nostack));
            }
        }

        /// Stores the lowest byte of `word` to `len` bytes, one by one.
        ///
        /// # Safety
        ///
        /// `dst` is valid for stores of `len` bytes.
        #[inline(always)]
        pub(in crate::arch) unsafe fn fill_bytes(dst: *mut u8, word: usize, len: usize) {
            let end = dst.wrapping_add(len);
            // SAFETY: stores to the place, nothing else.
            unsafe {
                core::arch::asm!($($fill,)+ d = inout(reg) dst => _, w = in(reg) word,
                    e = in(reg) end, options(nostack));
            }
        }
    };
}

#[cfg(any(
    target_arch = "riscv64",
    target_arch = "arm",
    all(target_arch = "aarch64", target_os = "none")
))]
pub(super) use byte_loops;
pub(super) use {block, fill_block};
