//! Blocks of memory that may fault in vector registers: builds that may use them.

use super::{INLINE, copy_1, copy_2, copy_4, copy_8, fill_1, fill_2, fill_4, fill_8, walk};
use crate::arch::{
    fault::{
        block::{copy_block, fill_block, jobs},
        copy::{blocks, finish, steps},
    },
    imp::{avx2, leave_avx},
};

copy_block!(
    /// Sixteen bytes.
    copy_16:
    load "2" "movups {a}, [{s}]"
    store 0 at0 "3" "movups [{d}], {a}";
    a = out(xmm_reg) _
);
copy_block!(
    /// 32 bytes.
    copy_32:
    load "2" "movups {a}, [{s}]"
    load "3" "movups {b}, [{s} + 16]"
    store 0 at0 "4" "movups [{d}], {a}"
    store 16 at16 "5" "movups [{d} + 16], {b}";
    a = out(xmm_reg) _, b = out(xmm_reg) _
);
copy_block!(
    /// 64 bytes.
    copy_64:
    load "2" "movups {a}, [{s}]"
    load "3" "movups {b}, [{s} + 16]"
    load "4" "movups {e}, [{s} + 32]"
    load "5" "movups {f}, [{s} + 48]"
    store 0 at0 "6" "movups [{d}], {a}"
    store 16 at16 "7" "movups [{d} + 16], {b}"
    store 32 at32 "8" "movups [{d} + 32], {e}"
    store 48 at48 "9" "movups [{d} + 48], {f}";
    a = out(xmm_reg) _, b = out(xmm_reg) _, e = out(xmm_reg) _, f = out(xmm_reg) _
);

fill_block!(
    /// Sixteen bytes.
    fill_16:
    "movq {a}, {w}" "punpcklqdq {a}, {a}"
    store 0 at0 "2" "movups [{d}], {a}";
    a = out(xmm_reg) _
);
fill_block!(
    /// 32 bytes.
    fill_32:
    "movq {a}, {w}" "punpcklqdq {a}, {a}"
    store 0 at0 "2" "movups [{d}], {a}"
    store 16 at16 "3" "movups [{d} + 16], {a}";
    a = out(xmm_reg) _
);
fill_block!(
    /// 64 bytes.
    fill_64:
    "movq {a}, {w}" "punpcklqdq {a}, {a}"
    store 0 at0 "2" "movups [{d}], {a}"
    store 16 at16 "3" "movups [{d} + 16], {a}"
    store 32 at32 "4" "movups [{d} + 32], {a}"
    store 48 at48 "5" "movups [{d} + 48], {a}";
    a = out(xmm_reg) _
);

/// Blocks in AVX registers: only where the processor was asked. The registers are named, since as
/// operands they would need the feature at compile time.
mod avx {
    use super::{copy_block, fill_block};

    copy_block!(
        /// 32 bytes.
        copy_32:
        load "2" "vmovdqu ymm0, [{s}]"
        store 0 at0 "3" "vmovdqu [{d}], ymm0";
        out("xmm0") _
    );
    copy_block!(
        /// 64 bytes.
        copy_64:
        load "2" "vmovdqu ymm0, [{s}]"
        load "3" "vmovdqu ymm1, [{s} + 32]"
        store 0 at0 "4" "vmovdqu [{d}], ymm0"
        store 32 at32 "5" "vmovdqu [{d} + 32], ymm1";
        out("xmm0") _, out("xmm1") _
    );
    copy_block!(
        /// 128 bytes.
        copy_128:
        load "2" "vmovdqu ymm0, [{s}]"
        load "3" "vmovdqu ymm1, [{s} + 32]"
        load "4" "vmovdqu ymm2, [{s} + 64]"
        load "5" "vmovdqu ymm3, [{s} + 96]"
        store 0 at0 "6" "vmovdqu [{d}], ymm0"
        store 32 at32 "7" "vmovdqu [{d} + 32], ymm1"
        store 64 at64 "8" "vmovdqu [{d} + 64], ymm2"
        store 96 at96 "9" "vmovdqu [{d} + 96], ymm3";
        out("xmm0") _, out("xmm1") _, out("xmm2") _, out("xmm3") _
    );

    fill_block!(
        /// 32 bytes.
        fill_32:
        "vmovq xmm0, {w}" "vpbroadcastq ymm0, xmm0"
        store 0 at0 "2" "vmovdqu [{d}], ymm0";
        out("xmm0") _
    );
    fill_block!(
        /// 64 bytes.
        fill_64:
        "vmovq xmm0, {w}" "vpbroadcastq ymm0, xmm0"
        store 0 at0 "2" "vmovdqu [{d}], ymm0"
        store 32 at32 "3" "vmovdqu [{d} + 32], ymm0";
        out("xmm0") _
    );
    fill_block!(
        /// 128 bytes.
        fill_128:
        "vmovq xmm0, {w}" "vpbroadcastq ymm0, xmm0"
        store 0 at0 "2" "vmovdqu [{d}], ymm0"
        store 32 at32 "3" "vmovdqu [{d} + 32], ymm0"
        store 64 at64 "4" "vmovdqu [{d} + 64], ymm0"
        store 96 at96 "5" "vmovdqu [{d} + 96], ymm0";
        out("xmm0") _
    );
}

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
    /// 32 bytes, with AVX.
    avx_32 avx::copy_32, avx::fill_32;
    /// 64 bytes, with AVX.
    avx_64 avx::copy_64, avx::fill_64;
    /// 128 bytes, with AVX.
    avx_128 avx::copy_128, avx::fill_128;
}

/// From here on it pays to align the stores first.
const ALIGN_FROM: usize = 1024;

/// Does few bytes, or one or two blocks, and returns where it ended: behind them, or before a
/// fault.
///
/// # Safety
///
/// As [`copy`](crate::arch::fault::copy), for the job's places.
#[inline(always)]
pub(in crate::arch::fault) unsafe fn short<J: Job>(job: J, len: usize) -> Option<usize> {
    if len <= INLINE {
        // SAFETY: the contract is this function's own.
        return Some(unsafe { steps(job, 0, len) });
    }
    if !avx2::are_blocks(len) || !avx2::is_known() {
        return None;
    }
    // SAFETY: so many bytes are left at each of these places.
    let went = blocks(128, 0, len, |at| unsafe { job.avx_128(at) });
    leave_avx();
    Some(went.unwrap_or_else(|at| at))
}

/// Does `len` bytes, and returns how many of them before the first fault.
///
/// # Safety
///
/// As [`copy`](crate::arch::fault::copy), for the job's places.
#[inline(always)]
pub(in crate::arch::fault) unsafe fn run<J: Job>(job: J, len: usize) -> usize {
    if avx2::is_known() {
        // SAFETY: the contract is this function's own, and AVX2 was found.
        unsafe { run_by_avx(job, len) }
    } else {
        // SAFETY: as above, but for AVX2.
        unsafe { run_without_avx(job, len) }
    }
}

/// As [`run`]; the first one finds out for all later ones.
///
/// # Safety
///
/// As [`run`].
#[inline(never)]
unsafe fn run_without_avx<J: Job>(job: J, len: usize) -> usize {
    avx2::find_out();
    // SAFETY: the contract is this function's own.
    unsafe { run_by_sse(job, len) }
}

/// As [`run`], with AVX2: what is longer and needs its stores aligned stays out of here.
///
/// # Safety
///
/// As [`run`], and the processor has AVX2.
#[inline(always)]
unsafe fn run_by_avx<J: Job>(job: J, len: usize) -> usize {
    if len < ALIGN_FROM {
        // SAFETY: the contract is this function's own.
        unsafe { wide(job, Ok(0), len) }
    } else {
        // SAFETY: as above.
        unsafe { run_aligned(job, len) }
    }
}

/// As [`run_by_avx`].
///
/// # Safety
///
/// As [`run_by_avx`].
#[inline(never)]
unsafe fn run_aligned<J: Job>(job: J, len: usize) -> usize {
    // SAFETY: the contract is this function's own.
    let went = unsafe { align(job, 32) };
    // SAFETY: as above.
    unsafe { wide(job, went, len) }
}

/// Goes on from where it went, if it was no fault, and returns how many bytes are done in all.
///
/// # Safety
///
/// As [`run_by_avx`].
#[inline(always)]
unsafe fn wide<J: Job>(job: J, went: Result<usize, usize>, len: usize) -> usize {
    // SAFETY: the contract is this function's own.
    let went = went.and_then(|at| unsafe { wide_part(job, at, len) });
    leave_avx();
    let done = match went {
        Ok(at) if at == len => return len,
        // SAFETY: less than 32 bytes are left.
        Ok(at) => unsafe { steps(job, at, (len - at) & 31) },
        Err(at) => at,
    };
    // SAFETY: as above.
    unsafe { finish(job, done, len) }
}

/// All blocks in AVX registers: less than 32 bytes are left behind them.
///
/// # Safety
///
/// As [`run_by_avx`], from `at` on.
#[inline(always)]
unsafe fn wide_part<J: Job>(job: J, at: usize, len: usize) -> Result<usize, usize> {
    // SAFETY: 128 bytes are left at each of these places.
    let mut at = blocks(128, at, len, |at| unsafe { job.avx_128(at) })?;
    if at == len {
        return Ok(at);
    }
    if (len - at) & 64 != 0 {
        // SAFETY: 64 bytes are left.
        unsafe { job.avx_64(at) }.map_err(|stored| at + stored)?;
        at += 64;
    }
    if (len - at) & 32 != 0 {
        // SAFETY: 32 bytes are left.
        unsafe { job.avx_32(at) }.map_err(|stored| at + stored)?;
        at += 32;
    }
    Ok(at)
}

/// As [`run`], for any x86-64 with vector registers.
///
/// # Safety
///
/// As [`run`].
#[inline(never)]
unsafe fn run_by_sse<J: Job>(job: J, len: usize) -> usize {
    let went = if len < ALIGN_FROM {
        Ok(0)
    } else {
        // SAFETY: the contract is this function's own, and `len` is more than 16.
        unsafe { align(job, 16) }
    };
    let done = match went {
        // SAFETY: as above.
        Ok(at) => unsafe { walk(job, at, len) },
        Err(at) => at,
    };
    // SAFETY: as above.
    unsafe { finish(job, done, len) }
}

/// Goes to where stores are aligned.
///
/// # Safety
///
/// As [`run`], and as many bytes as `to` are allowed.
#[inline(always)]
unsafe fn align<J: Job>(job: J, to: usize) -> Result<usize, usize> {
    let head = job.dst(0).addr().wrapping_neg() & (to - 1);
    // SAFETY: `head` is less than `len`.
    let went = unsafe { steps(job, 0, head) };
    if went == head { Ok(head) } else { Err(went) }
}
