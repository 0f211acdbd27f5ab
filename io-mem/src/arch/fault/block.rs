//! Blocks that may fault: copies and fills of one fixed size, with the table's rows, and jobs,
//! which are made of them.
//!
//! A block makes all its loads before its first store. What it returns is how many of its bytes are
//! stored: the size, or after a fault the bytes of the stores before the one that faulted.
//!
//! A job is a copy or a fill of any size, so that the algorithms are the same for both.

/// How a block went; an error says how many of its bytes were stored before the fault.
pub(super) type Step = Result<(), usize>;

/// A block copied from `{s}` to `{d}`: loads, then stores with the offset that each begins at. The
/// numbers are those of the labels.
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
        /// As [`copy`](crate::arch::fault::copy), for the block's size.
        #[inline(always)]
        pub(in crate::arch::fault) unsafe fn $name(
            dst: *mut u8,
            src: *const u8,
        ) -> $crate::arch::fault::block::Step {
            // SAFETY: loads from and stores to the two blocks, nothing else; a fault goes on at one
            // of the labels.
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

/// A block at `{d}` filled with the bytes of `{w}`, which are all the same.
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
        /// As [`fill`](crate::arch::fault::fill), for the block's size.
        #[inline(always)]
        pub(in crate::arch::fault) unsafe fn $name(
            dst: *mut u8,
            word: usize,
        ) -> $crate::arch::fault::block::Step {
            // SAFETY: stores to the block, nothing else; a fault goes on at one of the labels.
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

        impl Job for $crate::arch::fault::block::Copying {
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

        impl Job for $crate::arch::fault::block::Filling {
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

pub(super) use {copy_block, fill_block, jobs};
