//! Whether the registers of AVX2 may be used.

#[cfg(feature = "std")]
use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// What was found out so far.
#[cfg(feature = "std")]
static KNOWN: AtomicU8 = AtomicU8::new(UNKNOWN);

#[cfg(feature = "std")]
const UNKNOWN: u8 = 0;
#[cfg(feature = "std")]
const MISSING: u8 = 1;
#[cfg(feature = "std")]
const FOUND: u8 = 2;

/// Whether AVX2 is known to be there: one load, since to ask needs a stack.
#[inline(always)]
pub(in crate::arch) fn is_known() -> bool {
    #[cfg(feature = "std")]
    if KNOWN.load(Relaxed) == FOUND {
        return true;
    }
    cfg!(target_feature = "avx2")
}

/// Lets [`is_known`] know. A program of an operating system asks; a kernel does not: the registers
/// are its users'.
#[inline(always)]
pub(in crate::arch) fn find_out() {
    #[cfg(feature = "std")]
    if KNOWN.load(Relaxed) == UNKNOWN {
        let is_found = std::arch::is_x86_feature_detected!("avx2");
        KNOWN.store(if is_found { FOUND } else { MISSING }, Relaxed);
    }
}

/// Whether so many bytes are one or two blocks of AVX registers, as buffers are: these are copied
/// in place, where calls of the longer ways would take as long as the copy.
#[inline(always)]
pub(in crate::arch) const fn are_blocks(len: usize) -> bool {
    len == 128 || len == 256
}
