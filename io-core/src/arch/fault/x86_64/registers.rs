//! Blocks in general registers: builds without vector registers (kernels).

use super::{
    blocks::{copy_1, copy_2, copy_4, copy_8, fill_1, fill_2, fill_4, fill_8},
    walk,
};
use crate::arch::fault::{
    block::{Step, copy_block, fill_block},
    copy::finish,
    job::jobs,
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
}

/// Does `len` bytes, and returns how many of them before the first fault.
///
/// # Safety
///
/// As [`copy`](crate::arch::fault::copy), for the job's places.
#[inline(always)]
pub(in crate::arch::fault) unsafe fn run<J: Job>(job: J, len: usize) -> usize {
    // SAFETY: the contract is this function's own.
    let done = unsafe { walk(job, 0, len) };
    // SAFETY: as above.
    unsafe { finish(job, done, len) }
}
