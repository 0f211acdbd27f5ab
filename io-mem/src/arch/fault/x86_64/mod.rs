//! x86-64: a store that faults has stored nothing, also where it crosses a page.
//!
//! Source: Intel SDM volume 3, "Exception Classifications": a fault leaves the state from before
//! the instruction.

mod blocks;
#[cfg_attr(target_feature = "sse2", path = "vectors.rs")]
#[cfg_attr(not(target_feature = "sse2"), path = "registers.rs")]
mod wide;
pub(super) mod words;

use super::{copy::blocks, unaligned::steps};

pub(super) use wide::{Job, run, short};

super::table::bounds!(
    "lea {start}, [rip + __start_io_mem_faults_v1]"
    "lea {end}, [rip + __stop_io_mem_faults_v1]"
);

/// More bytes are a call.
const INLINE: usize = 127;

/// Goes from `at` to `end`, and returns where it ended: there, or before a fault.
///
/// # Safety
///
/// As [`copy`](super::copy), for the job's places up to `end`; `at` is not behind it.
#[inline(always)]
pub(super) unsafe fn walk<J: Job>(job: J, at: usize, end: usize) -> usize {
    // SAFETY: 64 bytes are left at each of these places.
    match blocks(64, at, end, |at| unsafe { job.block_64(at) }) {
        // SAFETY: less than 64 bytes are left.
        Ok(at) => unsafe { steps(job, at, end - at) },
        Err(at) => at,
    }
}
