//! Blocks that may fault: copies and fills of one fixed size, with the table's rows.
//!
//! A block makes all its loads before its first store. What it returns is how many of its bytes are
//! stored: the size, or after a fault the bytes of the stores before the one that faulted.

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

pub(super) use {copy_block, fill_block};
