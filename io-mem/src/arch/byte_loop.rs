//! Loops over single bytes, written as instructions: compilers would unroll
//! them wherever they are inlined.

/// `copy_bytes` and `fill_bytes` from the instructions of the two loops, which
/// end when `{d}` has come to `{e}`.
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

pub(super) use byte_loops;
