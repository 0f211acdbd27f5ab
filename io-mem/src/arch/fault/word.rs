//! Single accesses that may fault.

/// The functions of each width, from those of the architecture, which take and give 64 bits.
macro_rules! words {
    ($($load:ident $store:ident $exchange:ident $word:ty,
        $load_text:tt $store_text:tt $exchange_text:tt;)+) => {$(
        /// One load.
        ///
        /// # Safety
        ///
        /// A load of this width is allowed, or faults with a handler in place that asks `lookup`;
        /// `ptr` is aligned to it.
        #[inline(always)]
        pub(crate) unsafe fn $load(
            ptr: *const $word,
        ) -> Result<$word, $crate::arch::fault::Fault> {
            // SAFETY: the contract is this function's own.
            let (value, fault) = unsafe { load!(ptr, $load_text) };
            if fault == 0 { Ok(value as $word) } else { Err($crate::arch::fault::Fault) }
        }

        /// One store.
        ///
        /// # Safety
        ///
        /// A store of this width is allowed, or faults with a handler in place that asks `lookup`;
        /// `ptr` is aligned to it.
        #[inline(always)]
        pub(crate) unsafe fn $store(
            ptr: *mut $word,
            value: $word,
        ) -> Result<(), $crate::arch::fault::Fault> {
            // SAFETY: one store, allowed by contract; a fault goes on at the label.
            unsafe {
                core::arch::asm!(
                    concat!("2: ", $store_text), $crate::arch::fault::table::row!("2" => {fault}),
                    p = in(reg) ptr, v = in(reg) u64::from(value),
                    fault = label { return Err($crate::arch::fault::Fault) },
                    options(nostack, preserves_flags)
                );
            }
            Ok(())
        }

        /// Stores `new` if `old` is there, in one relaxed atomic access; gives what was there.
        ///
        /// # Safety
        ///
        /// A load and a store of this width are allowed, or fault with a handler in place that
        /// asks `lookup`; `ptr` is aligned to it.
        #[inline(always)]
        pub(crate) unsafe fn $exchange(
            ptr: *mut $word,
            old: $word,
            new: $word,
        ) -> Result<$word, $crate::arch::fault::Fault> {
            let (old, new) = (u64::from(old), u64::from(new));
            // SAFETY: the contract is this function's own.
            let (found, fault) = unsafe { exchange!(ptr, old, new, $exchange_text) };
            if fault == 0 { Ok(found as $word) } else { Err($crate::arch::fault::Fault) }
        }
    )+};
}

pub(super) use words;
