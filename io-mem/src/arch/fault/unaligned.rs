//! Blocks of descending size, where memory takes any alignment.

use super::imp::Job;

/// Does `len % 128` bytes from `at` on, and returns where it ended: there, or before a fault.
///
/// # Safety
///
/// As [`copy`](super::copy), for these bytes of the job.
#[inline(always)]
pub(super) unsafe fn steps<J: Job>(job: J, mut at: usize, len: usize) -> usize {
    macro_rules! step {
        ($size:literal $block:ident) => {
            if len & $size != 0 {
                // SAFETY: the higher bits are done, so as many bytes are left.
                if let Err(stored) = unsafe { job.$block(at) } {
                    return at + stored;
                }
                at += $size;
            }
        };
    }
    step!(64 block_64);
    // What is a power of two has no more to ask.
    if len & 127 == 64 {
        return at;
    }
    step!(32 block_32);
    step!(16 block_16);
    if len & 15 == 0 {
        return at;
    }
    step!(8 block_8);
    step!(4 block_4);
    step!(2 block_2);
    step!(1 block_1);
    at
}
