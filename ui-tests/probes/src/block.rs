//! A block of registers for each width: a first field, another, a nested block, an array, and an
//! array of blocks.

use io_core::IoStruct;

macro_rules! block {
    ($($module:ident $word:ident),+) => {$(
        /// Registers of this width.
        pub(crate) mod $module {
            use super::IoStruct;

            /// Part of a [`Block`].
            #[derive(IoStruct)]
            #[repr(C)]
            pub(crate) struct Inner {
                a: $word,
                pub(crate) b: $word,
            }

            /// 24 words.
            #[derive(IoStruct)]
            #[repr(C)]
            pub(crate) struct Block {
                pub(crate) first: $word,
                pub(crate) second: $word,
                pub(crate) inner: Inner,
                pub(crate) array: [$word; 8],
                pub(crate) blocks: [Inner; 4],
            }
        }
    )+};
}

block!(w8 u8, w16 u16, w32 u32, w64 u64);
