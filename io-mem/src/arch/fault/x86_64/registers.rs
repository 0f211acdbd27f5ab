//! Blocks in general registers: builds without vector registers (kernels).

use core::arch::asm;

use super::{
    INLINE,
    blocks::{copy_1, copy_2, copy_4, copy_8, fill_1, fill_2, fill_4, fill_8},
    walk,
};
use crate::arch::fault::{
    block::{Step, copy_block, fill_block},
    copy::finish,
    job::jobs,
    table::row,
    unaligned::steps,
};

copy_block!(
    /// Sixteen bytes.
    copy_16:
    load "2" "mov {a}, [{s}]"
    load "3" "mov {b}, [{s} + 8]"
    store 0 at0 "4" "mov [{d}], {a}"
    store 8 at8 "5" "mov [{d} + 8], {b}";
    a = out(reg) _, b = out(reg) _
);
copy_block!(
    /// 32 bytes.
    copy_32:
    load "2" "mov {a}, [{s}]"
    load "3" "mov {b}, [{s} + 8]"
    load "4" "mov {e}, [{s} + 16]"
    load "5" "mov {f}, [{s} + 24]"
    store 0 at0 "6" "mov [{d}], {a}"
    store 8 at8 "7" "mov [{d} + 8], {b}"
    store 16 at16 "8" "mov [{d} + 16], {e}"
    store 24 at24 "9" "mov [{d} + 24], {f}";
    a = out(reg) _, b = out(reg) _, e = out(reg) _, f = out(reg) _
);

/// 64 bytes.
///
/// # Safety
///
/// As [`copy`](crate::arch::fault::copy), for the block's size.
#[inline(always)]
unsafe fn copy_64(dst: *mut u8, src: *const u8) -> Step {
    // SAFETY: the first half.
    unsafe { copy_32(dst, src) }?;
    // SAFETY: the second half.
    unsafe { copy_32(dst.wrapping_add(32), src.wrapping_add(32)) }.map_err(|stored| 32 + stored)
}

fill_block!(
    /// Sixteen bytes.
    fill_16:
    store 0 at0 "2" "mov [{d}], {w}"
    store 8 at8 "3" "mov [{d} + 8], {w}"
);
fill_block!(
    /// 32 bytes.
    fill_32:
    store 0 at0 "2" "mov [{d}], {w}"
    store 8 at8 "3" "mov [{d} + 8], {w}"
    store 16 at16 "4" "mov [{d} + 16], {w}"
    store 24 at24 "5" "mov [{d} + 24], {w}"
);
fill_block!(
    /// 64 bytes.
    fill_64:
    store 0 at0 "2" "mov [{d}], {w}"
    store 8 at8 "3" "mov [{d} + 8], {w}"
    store 16 at16 "4" "mov [{d} + 16], {w}"
    store 24 at24 "5" "mov [{d} + 24], {w}"
    store 32 at32 "6" "mov [{d} + 32], {w}"
    store 40 at40 "7" "mov [{d} + 40], {w}"
    store 48 at48 "8" "mov [{d} + 48], {w}"
    store 56 at56 "9" "mov [{d} + 56], {w}"
);

/// `words` times eight bytes, by one string instruction: each goes on after a fault as after an
/// interrupt, so the registers say how many are done.
macro_rules! string {
    ($(#[$doc:meta])* $name:ident($source:ident: $type:ty), $text:literal, $($operand:tt)+) => {
        $(#[$doc])*
        ///
        /// # Safety
        ///
        /// As [`copy`](crate::arch::fault::copy), for eight times `words` bytes.
        #[inline(always)]
        unsafe fn $name(dst: *mut u8, $source: $type, words: usize) -> Step {
            let left: usize;
            // SAFETY: loads from and stores to the places, nothing else; the direction flag is
            // clear, as it is at the start of every `asm!`. A fault goes on behind it.
            unsafe {
                asm!(concat!("2: ", $text), "3:", row!("2" => "3b"),
                    inout("rcx") words => left, inout("rdi") dst => _, $($operand)+,
                    options(nostack, preserves_flags));
            }
            if left == 0 { Ok(()) } else { Err(8 * (words - left)) }
        }
    };
}

string!(
    /// A copy of words.
    copy_words(src: *const u8), "rep movsq", inout("rsi") src => _
);
string!(
    /// A fill of words.
    fill_words(word: usize), "rep stosq", in("rax") word
);

jobs! {
    /// One byte.
    block_1 copy_1, fill_1;
    /// Two bytes.
    block_2 copy_2, fill_2;
    /// Four bytes.
    block_4 copy_4, fill_4;
    /// Eight bytes.
    block_8 copy_8, fill_8;
    /// Sixteen bytes.
    block_16 copy_16, fill_16;
    /// 32 bytes.
    block_32 copy_32, fill_32;
    /// 64 bytes.
    block_64 copy_64, fill_64;
    /// So many times eight bytes.
    string(words: usize) copy_words, fill_words;
}

/// Does few bytes, and returns where it ended: behind them, or before a fault.
///
/// # Safety
///
/// As [`copy`](crate::arch::fault::copy), for the job's places.
#[inline(always)]
pub(in crate::arch::fault) unsafe fn short<J: Job>(job: J, len: usize) -> Option<usize> {
    // SAFETY: the contract is this function's own.
    (len <= INLINE).then(|| unsafe { steps(job, 0, len) })
}

/// From here on a string instruction is faster than a loop.
const STRING_FROM: usize = 512;

/// Where the destination lies just behind the source in its page, string instructions are up to 27
/// times slower (Zen 3, Zen 4).
#[inline(always)]
fn is_slow<J: Job>(job: J) -> bool {
    job.apart().wrapping_sub(1) & 4095 < 31
}

/// Does `len` bytes, and returns how many of them before the first fault.
///
/// # Safety
///
/// As [`copy`](crate::arch::fault::copy), for the job's places.
#[inline(always)]
pub(in crate::arch::fault) unsafe fn run<J: Job>(job: J, len: usize) -> usize {
    let went = if len >= STRING_FROM && !is_slow(job) {
        // SAFETY: so many words are in `len` bytes.
        unsafe { job.string(0, len / 8) }.map(|()| len / 8 * 8)
    } else {
        Ok(0)
    };
    let done = match went {
        // SAFETY: the contract is this function's own.
        Ok(at) => unsafe { walk(job, at, len) },
        Err(at) => at,
    };
    // SAFETY: as above.
    unsafe { finish(job, done, len) }
}
