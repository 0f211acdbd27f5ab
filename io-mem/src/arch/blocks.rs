//! Copies and fills in `asm!`: blocks of one fixed size, and loops over bytes.
//!
//! A block performs all its loads before its first store, both in ascending order, and accesses
//! each byte once. Blocks are `asm!`, so that the compiler does not elide, merge or repeat them,
//! and does not replace their loads by other loads. The loops over bytes are `asm!` too, because
//! compilers would unroll them wherever they are inlined.

/// Defines a function that copies a block from `{s}` to `{d}` by the given instructions.
macro_rules! block {
    ($(#[$doc:meta])* $name:ident: $($line:literal)+; $($out:tt)+) => {
        $(#[$doc])*
        ///
        ///
        /// # Safety
        ///
        /// * `src` must be valid for loads of the block's size, and `dst` for stores of the block's
        ///   size.
        /// * The architecture must permit the block's accesses at these addresses.
        #[inline(always)]
        pub(in crate::arch) unsafe fn $name(dst: *mut u8, src: *const u8) {
            // SAFETY: the instructions load from and store to the two blocks, and access nothing
            // else.
            unsafe {
                core::arch::asm!($($line,)+ d = in(reg) dst, s = in(reg) src, $($out)+,
                    options(nostack, preserves_flags));
            }
        }
    };
}

/// Defines a function that fills a block at `{d}` with the bytes of `{w}`, which are all equal.
macro_rules! fill_block {
    ($(#[$doc:meta])* $name:ident: $($line:literal)+ $(; $($out:tt)+)?) => {
        $(#[$doc])*
        ///
        /// # Safety
        ///
        /// * `dst` must be valid for stores of the block's size.
        /// * The architecture must permit the block's accesses at this address.
        #[inline(always)]
        pub(in crate::arch) unsafe fn $name(dst: *mut u8, word: usize) {
            // SAFETY: the instructions store to the block, and access nothing else.
            unsafe {
                core::arch::asm!($($line,)+ d = in(reg) dst, w = in(reg) word, $($($out)+,)?
                    options(nostack, preserves_flags));
            }
        }
    };
}

/// Defines `copy_bytes` and `fill_bytes` from the instructions of the two loops, which end when
/// `{d}` is equal to `{e}`.
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
        /// `src` must be valid for loads of `len` bytes, and `dst` for stores of `len` bytes.
        #[inline(always)]
        pub(in crate::arch) unsafe fn copy_bytes(dst: *mut u8, src: *const u8, len: usize) {
            let end = dst.wrapping_add(len);
            // SAFETY: the instructions load from and store to these `len` bytes each, and access
            // nothing else.
            unsafe {
                core::arch::asm!($($copy,)+ d = inout(reg) dst => _, s = inout(reg) src => _,
                    e = in(reg) end, a = out(reg) _, options(nostack));
            }
        }

        /// Stores the lowest byte of `word` to `len` bytes, one by one.
        ///
        /// # Safety
        ///
        /// `dst` must be valid for stores of `len` bytes.
        #[inline(always)]
        pub(in crate::arch) unsafe fn fill_bytes(dst: *mut u8, word: usize, len: usize) {
            let end = dst.wrapping_add(len);
            // SAFETY: the instructions store to these `len` bytes, and access nothing else.
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
