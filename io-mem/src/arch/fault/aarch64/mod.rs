//! aarch64: a store that crosses a page may have stored one part when the other faults.
//!
//! So no store here crosses one: what is before the faulting byte is stored, and nothing behind it.
//!
//! Source: Arm DDI0487, data aborts: the bytes of a store that do not fault themselves may have been
//! written when others do.

mod blocks;
#[cfg_attr(not(target_os = "none"), path = "vectors.rs")]
#[cfg_attr(target_os = "none", path = "registers.rs")]
mod wide;
pub(super) mod words;

use self::{
    blocks::{copy_1, copy_2, copy_4, copy_8, fill_1, fill_2, fill_4, fill_8},
    wide::{copy_16, copy_32, copy_64, fill_16, fill_32, fill_64},
};
use super::{
    copy::{blocks, finish},
    job::jobs,
    unaligned::steps,
};

super::table::bounds!(
    "adrp {start}, __start_io_mem_faults_v1"
    "add {start}, {start}, :lo12:__start_io_mem_faults_v1"
    "adrp {end}, __stop_io_mem_faults_v1"
    "add {end}, {end}, :lo12:__stop_io_mem_faults_v1"
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

/// More bytes are a call.
const INLINE: usize = 64;
/// The smallest page there is.
const PAGE: usize = 4096;
/// The largest store, of two registers.
const STORE: usize = 32;

/// Does `len` bytes, and returns how many of them before the first fault.
///
/// # Safety
///
/// As [`copy`](super::copy), for the job's places.
#[inline(always)]
pub(super) unsafe fn run<J: Job>(job: J, len: usize) -> usize {
    // SAFETY: the contract is this function's own.
    let done = unsafe { walk(job, 0, len) };
    // SAFETY: as above.
    unsafe { finish(job, done, len) }
}

/// Does few bytes that are stored in one page, and returns where it ended: behind them, or before a
/// fault.
///
/// # Safety
///
/// As [`copy`](super::copy), for the job's places.
#[inline(always)]
pub(super) unsafe fn short<J: Job>(job: J, len: usize) -> Option<usize> {
    let is_short = len <= INLINE && job.dst(0).addr() % PAGE + len <= PAGE;
    // SAFETY: the contract is this function's own.
    is_short.then(|| unsafe { steps(job, 0, len) })
}

/// Goes from `at` to `end`, and returns where it ended: there, or before a fault.
///
/// By stores that are aligned, or lie between two aligned places.
///
/// # Safety
///
/// As [`copy`](super::copy), for the job's places up to `end`; `at` is not behind it.
#[inline(always)]
pub(super) unsafe fn walk<J: Job>(job: J, at: usize, end: usize) -> usize {
    let head = (job.dst(at).addr().wrapping_neg() % STORE).min(end - at);
    // SAFETY: `head` is at most what is left.
    let went = unsafe { steps(job, at, head) };
    if went != at + head {
        return went;
    }
    // SAFETY: 64 bytes are left at each of these places.
    match blocks(64, went, end, |at| unsafe { job.block_64(at) }) {
        // SAFETY: less than 64 bytes are left.
        Ok(at) => unsafe { steps(job, at, end - at) },
        Err(at) => at,
    }
}
