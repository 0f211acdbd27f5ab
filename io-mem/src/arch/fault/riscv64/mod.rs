//! riscv64: words where both sides can be aligned, since unaligned accesses may trap; else bytes.

mod blocks;
pub(super) mod words;

use self::blocks::{copy_1, copy_8, copy_32, fill_1, fill_8, fill_32};
use super::{
    copy::{blocks, finish},
    job::jobs,
};

super::table::bounds!(
    "lla {start}, __start_io_mem_faults_v1"
    "lla {end}, __stop_io_mem_faults_v1"
);

jobs! {
    /// One byte.
    block_1 copy_1, fill_1;
    /// Eight bytes, aligned.
    block_8 copy_8, fill_8;
    /// 32 bytes, aligned to eight.
    block_32 copy_32, fill_32;
}

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

/// Nothing: words are done where both sides are aligned, which takes more than a few moves.
///
/// # Safety
///
/// None.
#[inline(always)]
pub(super) const unsafe fn short<J: Job>(_job: J, _len: usize) -> Option<usize> {
    None
}

/// Goes from `at` to `end`, and returns where it ended: there, or before a fault.
///
/// # Safety
///
/// As [`copy`](super::copy), for the job's places up to `end`; `at` is not behind it.
#[inline(always)]
pub(super) unsafe fn walk<J: Job>(job: J, at: usize, end: usize) -> usize {
    let (ones, words, lines) = (
        // SAFETY: one byte is left at each of these places.
        |at| unsafe { job.block_1(at) },
        // SAFETY: eight bytes are left at each of these places, which are aligned.
        |at| unsafe { job.block_8(at) },
        // SAFETY: 32 bytes are left at each of these places, which are aligned.
        |at| unsafe { job.block_32(at) },
    );
    let aligned = if job.apart().is_multiple_of(8) {
        end.min(at + job.dst(at).addr().wrapping_neg() % 8)
    } else {
        end
    };
    let went = blocks(1, at, aligned, ones)
        .and_then(|at| blocks(32, at, end, lines))
        .and_then(|at| blocks(8, at, end, words))
        .and_then(|at| blocks(1, at, end, ones));
    went.unwrap_or_else(|at| at)
}
