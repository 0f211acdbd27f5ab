//! Memory that may fault: copies by words where both sides can be aligned, since unaligned accesses
//! may trap; otherwise by bytes.

use super::{
    block::{copy_block, fill_block, jobs},
    copy::{blocks, finish},
};

super::table::bounds!(
    "lla {start}, __start_io_mem_faults_v1"
    "lla {end}, __stop_io_mem_faults_v1"
);

copy_block!(
    /// One byte.
    copy_1:
    load "2" "lbu {a}, 0({s})"
    store 0 at0 "3" "sb {a}, 0({d})";
    a = out(reg) _
);
copy_block!(
    /// Eight bytes.
    copy_8:
    load "2" "ld {a}, 0({s})"
    store 0 at0 "3" "sd {a}, 0({d})";
    a = out(reg) _
);
copy_block!(
    /// 32 bytes.
    copy_32:
    load "2" "ld {a}, 0({s})"
    load "3" "ld {b}, 8({s})"
    load "4" "ld {e}, 16({s})"
    load "5" "ld {f}, 24({s})"
    store 0 at0 "6" "sd {a}, 0({d})"
    store 8 at8 "7" "sd {b}, 8({d})"
    store 16 at16 "8" "sd {e}, 16({d})"
    store 24 at24 "9" "sd {f}, 24({d})";
    a = out(reg) _, b = out(reg) _, e = out(reg) _, f = out(reg) _
);

fill_block!(
    /// One byte.
    fill_1: store 0 at0 "2" "sb {w}, 0({d})"
);
fill_block!(
    /// Eight bytes.
    fill_8: store 0 at0 "2" "sd {w}, 0({d})"
);
fill_block!(
    /// 32 bytes.
    fill_32:
    store 0 at0 "2" "sd {w}, 0({d})"
    store 8 at8 "3" "sd {w}, 8({d})"
    store 16 at16 "4" "sd {w}, 16({d})"
    store 24 at24 "5" "sd {w}, 24({d})"
);

jobs! {
    /// One byte.
    block_1 copy_1, fill_1;
    /// Eight bytes, aligned.
    block_8 copy_8, fill_8;
    /// 32 bytes, aligned to eight.
    block_32 copy_32, fill_32;
}

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

/// Returns `None`: no job is performed inline, because the alignment of both sides must be checked.
///
/// # Safety
///
/// This function has no requirements.
#[inline(always)]
pub(super) const unsafe fn short<J: Job>(_job: J, _len: usize) -> Option<usize> {
    None
}

/// Performs the part of a job from `at` to `end`, and returns where it ended: at `end`, or at a
/// fault.
///
/// # Safety
///
/// * The requirements of [`copy`](super::copy) must hold for the job's memory up to `end`.
/// * `at` must not be greater than `end`.
#[inline(always)]
pub(super) unsafe fn walk<J: Job>(job: J, at: usize, end: usize) -> usize {
    let (ones, words, lines) = (
        // SAFETY: `blocks` calls this only where at least one byte is left.
        |at| unsafe { job.block_1(at) },
        // SAFETY: `blocks` calls this only where at least eight bytes are left; they are aligned.
        |at| unsafe { job.block_8(at) },
        // SAFETY: `blocks` calls this only where at least 32 bytes are left; they are aligned.
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

/// Single accesses: loads, stores and reserved pairs.
pub(super) mod words {
    use crate::arch::fault::{table::row, word::words};

    /// Returns the value, and whether the access faulted.
    macro_rules! load {
        ($ptr:ident, $text:literal) => {{
            let value: u64;
            let fault: u64;
            core::arch::asm!(
                concat!("2: ", $text),
                "li {f}, 0",
                "3:",
                row!("2" => "3b"),
                p = in(reg) $ptr, v = lateout(reg) value, f = inout(reg) 1_u64 => fault,
                options(readonly, nostack, preserves_flags)
            );
            (value, fault)
        }};
    }

    /// Returns the previous value, and whether the access faulted. Both the load and the store can
    /// fault.
    macro_rules! exchange {
        // 32 or 64 bits. The load sign-extends, and therefore the compared value is sign-extended
        // too. The status is a separate register.
        ($ptr:ident, $old:ident, $new:ident, ($load:literal $store:literal $extend:literal)) => {{
            let found: u64;
            let fault: u64;
            core::arch::asm!(
                $extend,
                concat!("2: ", $load),
                "bne {v}, {o}, 4f",
                concat!("3: ", $store),
                "bnez {t}, 2b",
                "4: li {f}, 0",
                "5:",
                row!("2" => "5b"),
                row!("3" => "5b"),
                p = in(reg) $ptr, o = inout(reg) $old => _, n = in(reg) $new, v = out(reg) found,
                t = out(reg) _, f = inout(reg) 1_u64 => fault,
                options(nostack)
            );
            (found, fault)
        }};
        // Fewer than 32 bits: inside the aligned 32-bit word, whose other bits are preserved.
        ($ptr:ident, $old:ident, $new:ident, $mask:literal) => {{
            let shift = $ptr.addr() % 4 * 8;
            let found: u64;
            let fault: u64;
            core::arch::asm!(
                "2: lr.w {w}, ({p})",
                "and {v}, {w}, {m}",
                "bne {v}, {o}, 4f",
                "xor {t}, {w}, {v}",
                "or {t}, {t}, {n}",
                "3: sc.w {t}, {t}, ({p})",
                "bnez {t}, 2b",
                "4: li {f}, 0",
                "5:",
                row!("2" => "5b"),
                row!("3" => "5b"),
                p = in(reg) $ptr.map_addr(|address| address - address % 4), o = in(reg) $old << shift,
                n = in(reg) $new << shift, m = in(reg) $mask << shift, w = out(reg) _,
                v = out(reg) found, t = out(reg) _, f = inout(reg) 1_u64 => fault,
                options(nostack)
            );
            (found >> shift, fault)
        }};
    }

    words! {
        load_8 store_8 exchange_8 u8,
            "lbu {v}, 0({p})" "sb {v}, 0({p})" 0xff_u64;
        load_16 store_16 exchange_16 u16,
            "lhu {v}, 0({p})" "sh {v}, 0({p})" 0xffff_u64;
        load_32 store_32 exchange_32 u32,
            "lwu {v}, 0({p})" "sw {v}, 0({p})"
            ("lr.w {v}, ({p})" "sc.w {t}, {n}, ({p})" "sext.w {o}, {o}");
        load_64 store_64 exchange_64 u64,
            "ld {v}, 0({p})" "sd {v}, 0({p})" ("lr.d {v}, ({p})" "sc.d {t}, {n}, ({p})" "");
    }
}
