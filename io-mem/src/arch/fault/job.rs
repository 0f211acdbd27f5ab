//! What is done block by block: the algorithms are the same for copies and fills.

/// The trait `Job` and its two kinds, from the blocks of the architecture: a method for the copy
/// and the fill of each.
macro_rules! jobs {
    ($($(#[$doc:meta])+ $method:ident $(($len:ident: $type:ty))? $copy:path, $fill:path;)+) => {
        /// A copy or a fill: blocks of each size, at an offset from where it began.
        pub(in crate::arch::fault) trait Job: Copy {
            $(
                $(#[$doc])+
                ///
                /// # Safety
                ///
                /// The block lies in what the caller of the job allowed.
                unsafe fn $method(self, at: usize $(, $len: $type)?) -> $crate::arch::fault::block::Step;
            )+

            /// Where the block at this offset is stored.
            #[cfg_attr(
                all(target_arch = "x86_64", not(target_feature = "sse2")),
                expect(dead_code, reason = "nothing is aligned there")
            )]
            fn dst(self, at: usize) -> *mut u8;

            /// How far the destination lies behind the source: whether both can be aligned, and
            /// whether they meet in their pages. Of a fill 0.
            #[cfg(any(
                target_arch = "riscv64",
                all(target_arch = "x86_64", not(target_feature = "sse2"))
            ))]
            fn apart(self) -> usize;
        }

        impl Job for $crate::arch::fault::job::Copying {
            $(
                #[inline(always)]
                unsafe fn $method(self, at: usize $(, $len: $type)?) -> $crate::arch::fault::block::Step {
                    // SAFETY: the contract is this function's own.
                    unsafe { $copy(self.dst.wrapping_add(at), self.src.wrapping_add(at) $(, $len)?) }
                }
            )+

            #[inline(always)]
            fn dst(self, at: usize) -> *mut u8 {
                self.dst.wrapping_add(at)
            }

            #[cfg(any(
                target_arch = "riscv64",
                all(target_arch = "x86_64", not(target_feature = "sse2"))
            ))]
            #[inline(always)]
            fn apart(self) -> usize {
                self.dst.addr().wrapping_sub(self.src.addr())
            }
        }

        impl Job for $crate::arch::fault::job::Filling {
            $(
                #[inline(always)]
                unsafe fn $method(self, at: usize $(, $len: $type)?) -> $crate::arch::fault::block::Step {
                    // SAFETY: the contract is this function's own.
                    unsafe { $fill(self.dst.wrapping_add(at), self.word $(, $len)?) }
                }
            )+

            #[inline(always)]
            fn dst(self, at: usize) -> *mut u8 {
                self.dst.wrapping_add(at)
            }

            #[cfg(any(
                target_arch = "riscv64",
                all(target_arch = "x86_64", not(target_feature = "sse2"))
            ))]
            #[inline(always)]
            fn apart(self) -> usize {
                0
            }
        }
    };
}

pub(super) use jobs;

/// A copy.
#[derive(Clone, Copy)]
pub(super) struct Copying {
    pub(super) dst: *mut u8,
    pub(super) src: *const u8,
}

/// A fill with the bytes of a word, which are all the same.
#[derive(Clone, Copy)]
pub(super) struct Filling {
    pub(super) dst: *mut u8,
    pub(super) word: usize,
}
