//! Single accesses that may fault.

/// Defines the functions of each width from the macros of the architecture, which take and return
/// 64 bits.
macro_rules! words {
    ($($load:ident $store:ident $exchange:ident $word:ty,
        $load_text:tt $store_text:tt $exchange_text:tt;)+) => {$(
        /// Loads a value by one access.
        ///
        /// # Safety
        ///
        /// * `ptr` must be aligned to this width.
        /// * A load of this width must be permitted, or must raise a fault whose handler calls
        ///   `lookup`.
        #[inline(always)]
        pub(crate) unsafe fn $load(
            ptr: *const $word,
        ) -> Result<$word, $crate::arch::fault::Fault> {
            // SAFETY: the caller guarantees what the callee requires.
            let (value, fault) = unsafe { load!(ptr, $load_text) };
            if fault == 0 { Ok(value as $word) } else { Err($crate::arch::fault::Fault) }
        }

        /// Stores a value by one access.
        ///
        /// # Safety
        ///
        /// * `ptr` must be aligned to this width.
        /// * A store of this width must be permitted, or must raise a fault whose handler calls
        ///   `lookup`.
        #[inline(always)]
        pub(crate) unsafe fn $store(
            ptr: *mut $word,
            value: $word,
        ) -> Result<(), $crate::arch::fault::Fault> {
            // SAFETY: the instruction is one store, which the caller permits. After a fault,
            // execution continues at the label.
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

        /// Stores `new` if the current value is `old`, in one relaxed atomic access. Returns the
        /// previous value.
        ///
        /// # Safety
        ///
        /// * `ptr` must be aligned to this width.
        /// * A load and a store of this width must be permitted, or must raise a fault whose
        ///   handler calls `lookup`.
        #[inline(always)]
        pub(crate) unsafe fn $exchange(
            ptr: *mut $word,
            old: $word,
            new: $word,
        ) -> Result<$word, $crate::arch::fault::Fault> {
            let (old, new) = (u64::from(old), u64::from(new));
            // SAFETY: the caller guarantees what the callee requires.
            let (found, fault) = unsafe { exchange!(ptr, old, new, $exchange_text) };
            if fault == 0 { Ok(found as $word) } else { Err($crate::arch::fault::Fault) }
        }
    )+};
}

pub(super) use words;
