//! Blocks in vector registers for memory that may fault, for builds that may use them.

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

/// Blocks in AVX registers, used only if the processor supports them. The registers are named
/// explicitly, because `asm!` operands would require the target feature at compile time.
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

/// The length from which on it is faster to align the stores first.
const ALIGN_FROM: usize = 1024;

/// Performs a small job, or a job of one or two blocks. Returns where it ended: at the end, or at
/// a fault. Returns `None` for other jobs.
///
/// # Safety
///
/// The requirements of [`copy`](crate::arch::fault::copy) must hold for the job's memory.
#[inline(always)]
pub(in crate::arch::fault) unsafe fn short<J: Job>(job: J, len: usize) -> Option<usize> {
    if len <= INLINE {
        // SAFETY: the caller guarantees what the callee requires.
        return Some(unsafe { steps(job, 0, len) });
    }
    if !avx2::are_blocks(len) || !avx2::is_known() {
        return None;
    }
    // SAFETY: `blocks` calls this only where at least 128 bytes are left, and AVX2 is supported.
    let went = blocks(128, 0, len, |at| unsafe { job.avx_128(at) });
    leave_avx();
    Some(went.unwrap_or_else(|at| at))
}

/// Performs a job of `len` bytes and returns the number of bytes before the first fault.
///
/// # Safety
///
/// The requirements of [`copy`](crate::arch::fault::copy) must hold for the job's memory.
#[inline(always)]
pub(in crate::arch::fault) unsafe fn run<J: Job>(job: J, len: usize) -> usize {
    if avx2::is_known() {
        // SAFETY: the caller guarantees what the callee requires, and AVX2 is supported.
        unsafe { run_by_avx(job, len) }
    } else {
        // SAFETY: the caller guarantees what the callee requires, which does not include AVX2.
        unsafe { run_without_avx(job, len) }
    }
}

/// [`run`] without AVX2. The first call detects AVX2 for later calls.
///
/// # Safety
///
/// The requirements of [`run`] must hold.
#[inline(never)]
unsafe fn run_without_avx<J: Job>(job: J, len: usize) -> usize {
    avx2::find_out();
    // SAFETY: the caller guarantees what the callee requires.
    unsafe { run_by_sse(job, len) }
}

/// [`run`] with AVX2. Longer jobs, whose stores are aligned first, call another function.
///
/// # Safety
///
/// * The requirements of [`run`] must hold.
/// * The processor must support AVX2.
#[inline(always)]
unsafe fn run_by_avx<J: Job>(job: J, len: usize) -> usize {
    if len < ALIGN_FROM {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { wide(job, Ok(0), len) }
    } else {
        // SAFETY: as above; `len` is at least `ALIGN_FROM`.
        unsafe { run_aligned(job, len) }
    }
}

/// [`run_by_avx`] for jobs whose stores are aligned first.
///
/// # Safety
///
/// * The requirements of [`run_by_avx`] must hold.
/// * `len` must be at least [`ALIGN_FROM`].
#[inline(never)]
unsafe fn run_aligned<J: Job>(job: J, len: usize) -> usize {
    // SAFETY: the caller guarantees what the callee requires; `len` is greater than 32.
    let went = unsafe { align(job, 32) };
    // SAFETY: as above; `went` is the progress of this job.
    unsafe { wide(job, went, len) }
}

/// Continues a job whose progress is `went`, and returns the number of bytes done in total. An
/// error in `went` is a fault.
///
/// # Safety
///
/// * The requirements of [`run_by_avx`] must hold.
/// * `went` must be at most `len`.
#[inline(always)]
unsafe fn wide<J: Job>(job: J, went: Result<usize, usize>, len: usize) -> usize {
    // SAFETY: the caller guarantees what the callee requires.
    let went = went.and_then(|at| unsafe { wide_part(job, at, len) });
    leave_avx();
    let done = match went {
        Ok(at) if at == len => return len,
        // SAFETY: exactly `len - at` bytes, less than 32, are left.
        Ok(at) => unsafe { steps(job, at, (len - at) & 31) },
        Err(at) => at,
    };
    // SAFETY: as above; `done` is at most `len`.
    unsafe { finish(job, done, len) }
}

/// Performs all blocks in AVX registers, so that less than 32 bytes are left.
///
/// # Safety
///
/// The requirements of [`run_by_avx`] must hold for the bytes from `at` on.
#[inline(always)]
unsafe fn wide_part<J: Job>(job: J, at: usize, len: usize) -> Result<usize, usize> {
    // SAFETY: `blocks` calls this only where at least 128 bytes are left.
    let mut at = blocks(128, at, len, |at| unsafe { job.avx_128(at) })?;
    if at == len {
        return Ok(at);
    }
    if (len - at) & 64 != 0 {
        // SAFETY: at least 64 bytes are left.
        unsafe { job.avx_64(at) }.map_err(|stored| at + stored)?;
        at += 64;
    }
    if (len - at) & 32 != 0 {
        // SAFETY: at least 32 bytes are left.
        unsafe { job.avx_32(at) }.map_err(|stored| at + stored)?;
        at += 32;
    }
    Ok(at)
}

/// [`run`] for any x86-64 processor with vector registers.
///
/// # Safety
///
/// The requirements of [`run`] must hold.
#[inline(never)]
unsafe fn run_by_sse<J: Job>(job: J, len: usize) -> usize {
    let went = if len < ALIGN_FROM {
        Ok(0)
    } else {
        // SAFETY: the caller guarantees what the callee requires, and `len` is greater than 16.
        unsafe { align(job, 16) }
    };
    let done = match went {
        // SAFETY: as above; `at` is at most `len`.
        Ok(at) => unsafe { walk(job, at, len) },
        Err(at) => at,
    };
    // SAFETY: as above; `done` is at most `len`.
    unsafe { finish(job, done, len) }
}

/// Performs the first bytes of a job, up to the next address that is a multiple of `to`.
///
/// # Safety
///
/// * The requirements of [`run`] must hold.
/// * The job must have at least `to` bytes.
#[inline(always)]
unsafe fn align<J: Job>(job: J, to: usize) -> Result<usize, usize> {
    let head = job.dst(0).addr().wrapping_neg() & (to - 1);
    // SAFETY: `head` is less than `to`, and the job has at least `to` bytes.
    let went = unsafe { steps(job, 0, head) };
    if went == head { Ok(head) } else { Err(went) }
}
