//! Copies and fills that recover from a fault, with an exact count of bytes.
//!
//! Until a fault, blocks of descending size are copied, as in a copy that cannot fault. After a
//! fault, the block that faulted is repeated byte by byte, starting at the first byte that is not
//! stored; the copy ends at the byte that faults. If no byte faults, because the page has become
//! present, the copy continues with blocks after it.
//!
//! Every byte is stored once, in ascending order. If a block faulted in a load, or after its first
//! store, some of its bytes are loaded again; the results of the first loads are not used.

use super::{
    block::{Copying, Filling, Step},
    imp::{Job, run, short, walk},
};

/// At least the size of the largest block.
const LARGEST: usize = 128;

/// Copies `len` bytes and returns the number of bytes before the first fault.
///
/// # Safety
///
/// * A load of each byte of `src` and a store to each byte of `dst` must be permitted, or must
///   raise a fault whose handler calls [`lookup`](super::lookup).
/// * `src` and `dst` must not overlap.
///
/// Others may load and store these bytes at the same time.
#[inline(always)]
pub(crate) unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
    // SAFETY: the caller guarantees what the callee requires.
    unsafe { perform(Copying { dst, src }, len) }
}

/// Stores `byte` to `len` bytes and returns the number of bytes before the first fault.
///
/// # Safety
///
/// The requirements of [`copy`] for `dst` must hold.
#[inline(always)]
pub(crate) unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
    let word = usize::from_ne_bytes([byte; size_of::<usize>()]);
    // SAFETY: the caller guarantees what the callee requires.
    unsafe { perform(Filling { dst, word }, len) }
}

/// Performs a job of `len` bytes and returns the number of bytes before the first fault. Small jobs
/// are performed inline, without branches if `len` is a constant.
///
/// # Safety
///
/// The requirements of [`copy`] must hold for the job's memory.
#[inline(always)]
unsafe fn perform<J: Job>(job: J, len: usize) -> usize {
    // SAFETY: the caller guarantees what the callee requires.
    match unsafe { short(job, len) } {
        // SAFETY: as above; `short` returns at most `len`.
        Some(done) => unsafe { finish(job, done, len) },
        // SAFETY: as above.
        None => unsafe { long(job, len) },
    }
}

/// [`perform`], out of line.
///
/// This function is generic so that only programs that use it contain it: the linker keeps all code
/// that has entries in the table, whether it is used or not.
///
/// # Safety
///
/// The requirements of [`copy`] must hold for the job's memory.
#[inline(never)]
unsafe fn long<J: Job>(job: J, len: usize) -> usize {
    // SAFETY: the caller guarantees what the callee requires.
    unsafe { run(job, len) }
}

/// Finishes a job of which `done` bytes are done: either there was a fault, or all bytes are done.
///
/// # Safety
///
/// * The requirements of [`copy`] must hold for the `len` bytes of the job's memory.
/// * `done` must be at most `len`.
#[inline(always)]
pub(super) unsafe fn finish<J: Job>(job: J, done: usize, len: usize) -> usize {
    if done == len {
        return len;
    }
    // SAFETY: the caller guarantees what the callee requires.
    unsafe { resume(job, done, len) }
}

/// Continues bytewise from `done` to find the exact faulting byte.
///
/// # Safety
///
/// The requirements of [`finish`] must hold.
#[cold]
#[inline(never)]
unsafe fn resume<J: Job>(job: J, mut done: usize, len: usize) -> usize {
    loop {
        let passed = len.min(done + LARGEST);
        while done < passed {
            // SAFETY: the caller guarantees the requirements for this byte, since `done` is less
            // than `len`.
            if unsafe { job.block_1(done) }.is_err() {
                return done;
            }
            done += 1;
        }
        if done == len {
            return len;
        }
        // The memory has become accessible.
        //
        // SAFETY: the caller guarantees the requirements for the bytes from `done`, which is less
        // than `len`.
        done = unsafe { walk(job, done, len) };
    }
}

/// Performs blocks from `at` on, while at least `size` bytes are left before `end`.
///
/// Returns the offset at which it ended, as an error after a fault.
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

/// Performs `len % 128` bytes of a job from `at` on, and returns where it ended: at the end of
/// these bytes, or at a fault.
///
/// Uses blocks of descending size, for memory that supports any alignment.
///
/// # Safety
///
/// The requirements of [`copy`](super::copy) must hold for these bytes of the job.
#[cfg(not(target_arch = "riscv64"))]
#[inline(always)]
pub(super) unsafe fn steps<J: Job>(job: J, mut at: usize, len: usize) -> usize {
    macro_rules! step {
        ($size:literal $block:ident) => {
            if len & $size != 0 {
                // SAFETY: the higher bits are done, so at least this many bytes are left.
                if let Err(stored) = unsafe { job.$block(at) } {
                    return at + stored;
                }
                at += $size;
            }
        };
    }
    step!(64 block_64);
    // Powers of two need no further checks.
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
