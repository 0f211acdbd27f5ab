//! Memory that may fault: no store crosses a page boundary.
//!
//! A store that crosses a page boundary may have stored one part when the other part faults.
//! Without such stores, all bytes before the faulting byte are stored, and no byte after it.
//!
//! Source: Arm DDI0487, data aborts: the bytes of a store that do not fault themselves may have
//! been written when other bytes fault.

use super::{
    block::{copy_block, fill_block, jobs},
    copy::{blocks, finish, steps},
};

#[cfg(target_os = "none")]
use registers::{copy_16, copy_32, copy_64, fill_16, fill_32, fill_64};
#[cfg(not(target_os = "none"))]
use vectors::{copy_16, copy_32, copy_64, fill_16, fill_32, fill_64};

super::table::bounds!(
    "adrp {start}, __start_io_mem_faults_v1"
    "add {start}, {start}, :lo12:__start_io_mem_faults_v1"
    "adrp {end}, __stop_io_mem_faults_v1"
    "add {end}, {end}, :lo12:__stop_io_mem_faults_v1"
);

copy_block!(
    /// One byte.
    copy_1:
    load "2" "ldrb {a:w}, [{s}]"
    store 0 at0 "3" "strb {a:w}, [{d}]";
    a = out(reg) _
);
copy_block!(
    /// Two bytes.
    copy_2:
    load "2" "ldrh {a:w}, [{s}]"
    store 0 at0 "3" "strh {a:w}, [{d}]";
    a = out(reg) _
);
copy_block!(
    /// Four bytes.
    copy_4:
    load "2" "ldr {a:w}, [{s}]"
    store 0 at0 "3" "str {a:w}, [{d}]";
    a = out(reg) _
);
copy_block!(
    /// Eight bytes.
    copy_8:
    load "2" "ldr {a}, [{s}]"
    store 0 at0 "3" "str {a}, [{d}]";
    a = out(reg) _
);

fill_block!(
    /// One byte.
    fill_1: store 0 at0 "2" "strb {w:w}, [{d}]"
);
fill_block!(
    /// Two bytes.
    fill_2: store 0 at0 "2" "strh {w:w}, [{d}]"
);
fill_block!(
    /// Four bytes.
    fill_4: store 0 at0 "2" "str {w:w}, [{d}]"
);
fill_block!(
    /// Eight bytes.
    fill_8: store 0 at0 "2" "str {w}, [{d}]"
);

/// Blocks in vector registers, for programs of an operating system.
#[cfg(not(target_os = "none"))]
mod vectors {
    use super::{copy_block, fill_block};

    copy_block!(
        /// Sixteen bytes.
        copy_16:
        load "2" "ldr {a:q}, [{s}]"
        store 0 at0 "3" "str {a:q}, [{d}]";
        a = out(vreg) _
    );
    copy_block!(
        /// 32 bytes.
        copy_32:
        load "2" "ldp {a:q}, {b:q}, [{s}]"
        store 0 at0 "3" "stp {a:q}, {b:q}, [{d}]";
        a = out(vreg) _, b = out(vreg) _
    );
    copy_block!(
        /// 64 bytes.
        copy_64:
        load "2" "ldp {a:q}, {b:q}, [{s}]"
        load "3" "ldp {e:q}, {f:q}, [{s}, #32]"
        store 0 at0 "4" "stp {a:q}, {b:q}, [{d}]"
        store 32 at32 "5" "stp {e:q}, {f:q}, [{d}, #32]";
        a = out(vreg) _, b = out(vreg) _, e = out(vreg) _, f = out(vreg) _
    );

    fill_block!(
        /// Sixteen bytes.
        fill_16: store 0 at0 "2" "stp {w}, {w}, [{d}]"
    );
    fill_block!(
        /// 32 bytes.
        fill_32:
        "dup {a:v}.2d, {w}"
        store 0 at0 "2" "stp {a:q}, {a:q}, [{d}]";
        a = out(vreg) _
    );
    fill_block!(
        /// 64 bytes.
        fill_64:
        "dup {a:v}.2d, {w}"
        store 0 at0 "2" "stp {a:q}, {a:q}, [{d}]"
        store 32 at32 "3" "stp {a:q}, {a:q}, [{d}, #32]";
        a = out(vreg) _
    );
}

/// Blocks in pairs of general registers, for bare metal.
///
/// Accesses may be unaligned. If the processor is configured to reject unaligned accesses, it
/// raises a fault, and the copy is done byte by byte.
#[cfg(target_os = "none")]
mod registers {
    use super::{copy_block, fill_block};

    copy_block!(
        /// Sixteen bytes.
        copy_16:
        load "2" "ldp {a}, {b}, [{s}]"
        store 0 at0 "3" "stp {a}, {b}, [{d}]";
        a = out(reg) _, b = out(reg) _
    );
    copy_block!(
        /// 32 bytes.
        copy_32:
        load "2" "ldp {a}, {b}, [{s}]"
        load "3" "ldp {e}, {f}, [{s}, #16]"
        store 0 at0 "4" "stp {a}, {b}, [{d}]"
        store 16 at16 "5" "stp {e}, {f}, [{d}, #16]";
        a = out(reg) _, b = out(reg) _, e = out(reg) _, f = out(reg) _
    );
    copy_block!(
        /// 64 bytes.
        copy_64:
        load "2" "ldp {a}, {b}, [{s}]"
        load "3" "ldp {e}, {f}, [{s}, #16]"
        load "4" "ldp {g}, {h}, [{s}, #32]"
        load "5" "ldp {i}, {j}, [{s}, #48]"
        store 0 at0 "6" "stp {a}, {b}, [{d}]"
        store 16 at16 "7" "stp {e}, {f}, [{d}, #16]"
        store 32 at32 "8" "stp {g}, {h}, [{d}, #32]"
        store 48 at48 "9" "stp {i}, {j}, [{d}, #48]";
        a = out(reg) _, b = out(reg) _, e = out(reg) _, f = out(reg) _,
        g = out(reg) _, h = out(reg) _, i = out(reg) _, j = out(reg) _
    );

    fill_block!(
        /// Sixteen bytes.
        fill_16: store 0 at0 "2" "stp {w}, {w}, [{d}]"
    );
    fill_block!(
        /// 32 bytes.
        fill_32:
        store 0 at0 "2" "stp {w}, {w}, [{d}]"
        store 16 at16 "3" "stp {w}, {w}, [{d}, #16]"
    );
    fill_block!(
        /// 64 bytes.
        fill_64:
        store 0 at0 "2" "stp {w}, {w}, [{d}]"
        store 16 at16 "3" "stp {w}, {w}, [{d}, #16]"
        store 32 at32 "4" "stp {w}, {w}, [{d}, #32]"
        store 48 at48 "5" "stp {w}, {w}, [{d}, #48]"
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
}

/// The largest number of bytes that is copied inline. Longer copies call a function.
const INLINE: usize = 64;
/// The smallest page size.
const PAGE: usize = 4096;
/// The size of the largest store, which stores two registers.
const STORE: usize = 32;

/// Performs a job of `len` bytes and returns the number of bytes before the first fault.
///
/// # Safety
///
/// The requirements of [`copy`](super::copy) must hold for the job's memory.
#[inline(always)]
pub(super) unsafe fn run<J: Job>(job: J, len: usize) -> usize {
    // SAFETY: the caller guarantees what the callee requires.
    let done = unsafe { walk(job, 0, len) };
    // SAFETY: as above; `walk` returns at most `len`.
    unsafe { finish(job, done, len) }
}

/// Performs a small job whose stores are in one page. Returns where it ended: at the end, or
/// at a fault. Returns `None` for other jobs.
///
/// # Safety
///
/// The requirements of [`copy`](super::copy) must hold for the job's memory.
#[inline(always)]
pub(super) unsafe fn short<J: Job>(job: J, len: usize) -> Option<usize> {
    let is_short = len <= INLINE && job.dst(0).addr() % PAGE + len <= PAGE;
    // SAFETY: the caller guarantees what the callee requires.
    is_short.then(|| unsafe { steps(job, 0, len) })
}

/// Performs the part of a job from `at` to `end`, and returns where it ended: at `end`, or at a
/// fault.
///
/// Each store is aligned, or lies between two aligned addresses.
///
/// # Safety
///
/// * The requirements of [`copy`](super::copy) must hold for the job's memory up to `end`.
/// * `at` must not be greater than `end`.
#[inline(always)]
pub(super) unsafe fn walk<J: Job>(job: J, at: usize, end: usize) -> usize {
    let head = (job.dst(at).addr().wrapping_neg() % STORE).min(end - at);
    // SAFETY: `head` is at most the number of bytes left.
    let went = unsafe { steps(job, at, head) };
    if went != at + head {
        return went;
    }
    // SAFETY: `blocks` calls this only where at least 64 bytes are left.
    match blocks(64, went, end, |at| unsafe { job.block_64(at) }) {
        // SAFETY: exactly `end - at` bytes, less than 64, are left.
        Ok(at) => unsafe { steps(job, at, end - at) },
        Err(at) => at,
    }
}

/// Single accesses: `ldr`, `str` and exclusive pairs.
pub(super) mod words {
    use crate::arch::fault::{table::row, word::words};

    /// Returns the value, and whether the access faulted.
    macro_rules! load {
        ($ptr:ident, $text:literal) => {{
            let value: u64;
            let fault: u32;
            core::arch::asm!(
                concat!("2: ", $text),
                "mov {f:w}, wzr",
                "3:",
                row!("2" => "3b"),
                p = in(reg) $ptr, v = lateout(reg) value, f = inout(reg) 1_u32 => fault,
                options(readonly, nostack, preserves_flags)
            );
            (value, fault)
        }};
    }

    /// Returns the previous value, and whether the access faulted. Both the load and the store can
    /// fault.
    macro_rules! exchange {
        ($ptr:ident, $old:ident, $new:ident, ($load:literal $store:literal)) => {{
            let found: u64;
            let fault: u32;
            core::arch::asm!(
                concat!("2: ", $load),
                "cmp {v}, {o}",
                "b.ne 4f",
                concat!("3: ", $store),
                "cbnz {t:w}, 2b",
                "b 5f",
                "4: clrex",
                "5: mov {f:w}, wzr",
                "6:",
                row!("2" => "6b"),
                row!("3" => "6b"),
                p = in(reg) $ptr, o = in(reg) $old, n = in(reg) $new, v = out(reg) found,
                t = out(reg) _, f = inout(reg) 1_u32 => fault,
                options(nostack)
            );
            (found, fault)
        }};
    }

    words! {
        load_8 store_8 exchange_8 u8,
            "ldrb {v:w}, [{p}]" "strb {v:w}, [{p}]"
            ("ldxrb {v:w}, [{p}]" "stxrb {t:w}, {n:w}, [{p}]");
        load_16 store_16 exchange_16 u16,
            "ldrh {v:w}, [{p}]" "strh {v:w}, [{p}]"
            ("ldxrh {v:w}, [{p}]" "stxrh {t:w}, {n:w}, [{p}]");
        load_32 store_32 exchange_32 u32,
            "ldr {v:w}, [{p}]" "str {v:w}, [{p}]"
            ("ldxr {v:w}, [{p}]" "stxr {t:w}, {n:w}, [{p}]");
        load_64 store_64 exchange_64 u64,
            "ldr {v}, [{p}]" "str {v}, [{p}]"
            ("ldxr {v}, [{p}]" "stxr {t:w}, {n}, [{p}]");
    }
}
