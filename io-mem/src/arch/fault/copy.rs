//! Copies and fills that survive a fault, exact to the byte.
//!
//! Fast until something faults: blocks of descending size, as in a copy that cannot fault. Then the
//! block that faulted is done again, byte by byte from the first that is not stored, and the byte
//! that faults is where the copy ends. If none does, since the page is there by now, the blocks go
//! on behind it.
//!
//! Every byte is stored once, in ascending order. Of a block that faulted in a load, or behind its
//! first store, bytes are loaded again; what the first load gave is never used.

use super::{
    block::{Copying, Filling, Step},
    imp::{Job, run, short, walk},
};

/// At least the size of the largest block.
const LARGEST: usize = 128;

/// Copies `len` bytes, and returns how many of them before the first fault.
///
/// # Safety
///
/// * A load of each byte of `src` and a store to each byte of `dst` is allowed, or faults with a
///   handler in place that asks [`lookup`](super::lookup).
/// * Others may load and store these bytes at the same time. The two do not overlap.
#[inline(always)]
pub(crate) unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
    // SAFETY: the contract is this function's own.
    unsafe { perform(Copying { dst, src }, len) }
}

/// Stores `byte` to `len` bytes, and returns how many of them before the first fault.
///
/// # Safety
///
/// As [`copy`], for `dst`.
#[inline(always)]
pub(crate) unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
    let word = usize::from_ne_bytes([byte; size_of::<usize>()]);
    // SAFETY: the contract is this function's own.
    unsafe { perform(Filling { dst, word }, len) }
}

/// Does `len` bytes, and returns how many of them before the first fault: few are done in place, as
/// straight moves where their number is a constant.
///
/// # Safety
///
/// As [`copy`], for the job's places.
#[inline(always)]
unsafe fn perform<J: Job>(job: J, len: usize) -> usize {
    // SAFETY: the contract is this function's own.
    match unsafe { short(job, len) } {
        // SAFETY: as above.
        Some(done) => unsafe { finish(job, done, len) },
        // SAFETY: as above.
        None => unsafe { long(job, len) },
    }
}

/// As [`perform`], by a call.
///
/// Generic, so that it is in programs that use it alone: what has rows in the table is kept by the
/// linker, used or not.
///
/// # Safety
///
/// As [`copy`], for the job's places.
#[inline(never)]
unsafe fn long<J: Job>(job: J, len: usize) -> usize {
    // SAFETY: the contract is this function's own.
    unsafe { run(job, len) }
}

/// The end of a job that came to `done`: there is a fault, or nothing left.
///
/// # Safety
///
/// As [`copy`], for the job's places of `len` bytes; `done` is at most `len`.
#[inline(always)]
pub(super) unsafe fn finish<J: Job>(job: J, done: usize, len: usize) -> usize {
    if done == len {
        return len;
    }
    // SAFETY: the contract is this function's own.
    unsafe { resume(job, done, len) }
}

/// Goes on byte by byte from `done`, close before a fault.
///
/// # Safety
///
/// As [`finish`].
#[cold]
#[inline(never)]
unsafe fn resume<J: Job>(job: J, mut done: usize, len: usize) -> usize {
    loop {
        let passed = len.min(done + LARGEST);
        while done < passed {
            // SAFETY: by contract, since `done` is less than `len`.
            if unsafe { job.block_1(done) }.is_err() {
                return done;
            }
            done += 1;
        }
        if done == len {
            return len;
        }
        // The memory has come back.
        // SAFETY: by contract, from less than `len` on.
        done = unsafe { walk(job, done, len) };
    }
}

/// Does blocks from `at` on while so many bytes are left before `end`.
///
/// Returns where it ended, with an error at a fault.
#[inline(always)]
pub(super) fn blocks(
    size: usize,
    mut at: usize,
    end: usize,
    block: impl Fn(usize) -> Step,
) -> Result<usize, usize> {
    while end - at >= size {
        if let Err(stored) = block(at) {
            return Err(at + stored);
        }
        at += size;
    }
    Ok(at)
}

/// Does `len % 128` bytes from `at` on, and returns where it ended: there, or before a fault.
///
/// By blocks of descending size, where memory takes any alignment.
///
/// # Safety
///
/// As [`copy`](super::copy), for these bytes of the job.
#[cfg(not(target_arch = "riscv64"))]
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
