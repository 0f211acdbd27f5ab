//! Loads and stores as one instruction with a base register: what the
//! load-store architectures share.

/// `load_N` and `store_N` from the text of the two instructions.
macro_rules! accesses {
    ($($load:ident $store:ident $word:ty, $load_text:literal $store_text:literal;)+) => {$(
        /// One load.
        ///
        /// # Safety
        ///
        /// See [`Word::load`](super::Word::load).
        #[inline(always)]
        pub(crate) unsafe fn $load(ptr: *const $word) -> $word {
            let value;
            // SAFETY: aligned and valid for a load of this width by contract.
            unsafe {
                core::arch::asm!($load_text, value = lateout(reg) value, ptr = in(reg) ptr,
                    options(readonly, nostack, preserves_flags));
            }
            value
        }

        /// One store.
        ///
        /// # Safety
        ///
        /// See [`Word::store`](super::Word::store).
        #[inline(always)]
        pub(crate) unsafe fn $store(ptr: *mut $word, value: $word) {
            // SAFETY: aligned and valid for a store of this width by contract.
            unsafe {
                core::arch::asm!($store_text, value = in(reg) value, ptr = in(reg) ptr,
                    options(nostack, preserves_flags));
            }
        }
    )+};
}

pub(super) use accesses;
