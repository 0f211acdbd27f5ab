//! What is done block by block: the algorithms are the same for copies and fills.

/// The trait `Job` and its two kinds, from the blocks of the architecture: a method for the copy
/// and the fill of each.
macro_rules! jobs {
    ($($(#[$doc:meta])+ $method:ident $copy:path, $fill:path;)+) => {
        /// A copy or a fill: blocks of each size, at an offset from where it began.
        pub(in crate::arch::fault) trait Job: Copy {
            $(
                $(#[$doc])+
                ///
                /// # Safety
                ///
                /// The block lies in what the caller of the job allowed.
                unsafe fn $method(self, at: usize) -> $crate::arch::fault::block::Step;
            )+

            /// Where the block at this offset is stored.
            fn dst(self, at: usize) -> *mut u8;

            /// How far the destination is from the source, for the lower bits: whether both can be
            /// aligned.
            #[cfg(target_arch = "riscv64")]
            fn apart(self) -> usize;
        }

        impl Job for $crate::arch::fault::job::Copying {
            $(
                #[inline(always)]
                unsafe fn $method(self, at: usize) -> $crate::arch::fault::block::Step {
                    // SAFETY: the contract is this function's own.
                    unsafe { $copy(self.dst.wrapping_add(at), self.src.wrapping_add(at)) }
                }
            )+

            #[inline(always)]
            fn dst(self, at: usize) -> *mut u8 {
                self.dst.wrapping_add(at)
            }

            #[cfg(target_arch = "riscv64")]
            #[inline(always)]
            fn apart(self) -> usize {
                self.dst.addr().wrapping_sub(self.src.addr())
            }
        }

        impl Job for $crate::arch::fault::job::Filling {
            $(
                #[inline(always)]
                unsafe fn $method(self, at: usize) -> $crate::arch::fault::block::Step {
                    // SAFETY: the contract is this function's own.
                    unsafe { $fill(self.dst.wrapping_add(at), self.word) }
                }
            )+

            #[inline(always)]
            fn dst(self, at: usize) -> *mut u8 {
                self.dst.wrapping_add(at)
            }

            #[cfg(target_arch = "riscv64")]
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
