//! Blocks that may fault: copies and fills of one fixed size, with their entries in the recovery
//! table, and jobs, which consist of blocks.
//!
//! A block performs all its loads before its first store. It returns the number of its bytes that
//! are stored: its size, or after a fault the size of the stores before the one that faulted.
//!
//! A job is a copy or a fill of any size, so that both can use the same algorithms.

/// The result of a block. An error contains the number of bytes that were stored before the fault.
pub(super) type Step = Result<(), usize>;

/// Defines a function that copies a block from `{s}` to `{d}`: loads, followed by stores, each with
/// the offset at which it begins. The numbers are those of the labels.
macro_rules! copy_block {
    (
        $(#[$doc:meta])* $name:ident:
        $(load $l:literal $load:literal)+
        $(store $offset:literal $at:ident $s:literal $store:literal)+
        ; $($out:tt)+
    ) => {
        $(#[$doc])*
        ///
        /// # Safety
        ///
        /// The requirements of [`copy`](crate::arch::fault::copy) must hold for the block's size.
        #[inline(always)]
        pub(in crate::arch::fault) unsafe fn $name(
            dst: *mut u8,
            src: *const u8,
        ) -> $crate::arch::fault::block::Step {
            // SAFETY: the instructions load from and store to the two blocks, and access nothing
            // else. After a fault, execution continues at one of the labels.
            unsafe {
                core::arch::asm!(
                    $(concat!($l, ": ", $load), $crate::arch::fault::table::row!($l => {at0}),)+
                    $(concat!($s, ": ", $store), $crate::arch::fault::table::row!($s => {$at}),)+
                    d = in(reg) dst, s = in(reg) src, $($out)+,
                    $($at = label { return Err($offset) },)+
                    options(nostack, preserves_flags)
                );
            }
            Ok(())
        }
    };
}

/// Defines a function that fills a block at `{d}` with the bytes of `{w}`, which are all equal.
macro_rules! fill_block {
    (
        $(#[$doc:meta])* $name:ident:
        $($first:literal)*
        $(store $offset:literal $at:ident $s:literal $store:literal)+
        $(; $($out:tt)+)?
    ) => {
        $(#[$doc])*
        ///
        /// # Safety
        ///
        /// The requirements of [`fill`](crate::arch::fault::fill) must hold for the block's size.
        #[inline(always)]
        pub(in crate::arch::fault) unsafe fn $name(
            dst: *mut u8,
            word: usize,
        ) -> $crate::arch::fault::block::Step {
            // SAFETY: the instructions store to the block, and access nothing else. After a fault,
            // execution continues at one of the labels.
            unsafe {
                core::arch::asm!(
                    $($first,)*
                    $(concat!($s, ": ", $store), $crate::arch::fault::table::row!($s => {$at}),)+
                    d = in(reg) dst, w = in(reg) word, $($($out)+,)?
                    $($at = label { return Err($offset) },)+
                    options(nostack, preserves_flags)
                );
            }
            Ok(())
        }
    };
}

/// Defines the trait `Job` and its two implementations from the blocks of the architecture: a
/// method for the copy and the fill of each block.
macro_rules! jobs {
    ($($(#[$doc:meta])+ $method:ident $(($len:ident: $type:ty))? $copy:path, $fill:path;)+) => {
        /// A copy or a fill, which consists of blocks of several sizes, each at an offset from its
        /// start.
        pub(in crate::arch::fault) trait Job: Copy {
            $(
                $(#[$doc])+
                ///
                /// # Safety
                ///
                /// The caller of the job must have guaranteed the requirements of `copy` for the
                /// bytes of this block.
                unsafe fn $method(self, at: usize $(, $len: $type)?) -> $crate::arch::fault::block::Step;
            )+

            /// The address to which the block at this offset is stored.
            #[cfg_attr(
                all(target_arch = "x86_64", not(target_feature = "sse2")),
                expect(dead_code, reason = "only vector blocks need alignment")
            )]
            fn dst(self, at: usize) -> *mut u8;

            /// The distance from the source to the destination. It determines whether both can be
            /// aligned, and whether their page offsets are close to each other. For a fill, it is
            /// 0.
            #[cfg(any(
                target_arch = "riscv64",
                all(target_arch = "x86_64", not(target_feature = "sse2"))
            ))]
            fn apart(self) -> usize;
        }

        impl Job for $crate::arch::fault::block::Copying {
            $(
                #[inline(always)]
                unsafe fn $method(self, at: usize $(, $len: $type)?) -> $crate::arch::fault::block::Step {
                    // SAFETY: the caller guarantees what the callee requires.
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

        impl Job for $crate::arch::fault::block::Filling {
            $(
                #[inline(always)]
                unsafe fn $method(self, at: usize $(, $len: $type)?) -> $crate::arch::fault::block::Step {
                    // SAFETY: the caller guarantees what the callee requires.
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

/// A copy.
#[derive(Clone, Copy)]
pub(super) struct Copying {
    pub(super) dst: *mut u8,
    pub(super) src: *const u8,
}

/// A fill with the bytes of a word, which are all equal.
#[derive(Clone, Copy)]
pub(super) struct Filling {
    pub(super) dst: *mut u8,
    pub(super) word: usize,
}

pub(super) use {copy_block, fill_block, jobs};
