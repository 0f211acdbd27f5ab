//! Memory that may fault: a store that faults stores nothing, even if it crosses a page boundary.
//!
//! Source: Intel SDM volume 3, "Exception Classifications": a fault restores the state before the
//! instruction.

#[cfg(target_feature = "sse2")]
#[path = "fault_vectors.rs"]
mod wide;

use super::{
    block::{copy_block, fill_block},
    copy::{blocks, steps},
};

pub(super) use wide::{Job, run, short};

super::table::bounds!(
    "lea {start}, [rip + __start_io_mem_faults_v1]"
    "lea {end}, [rip + __stop_io_mem_faults_v1]"
);

copy_block!(
    /// One byte.
    copy_1:
    load "2" "movzx {a:e}, byte ptr [{s}]"
    store 0 at0 "3" "mov byte ptr [{d}], {a:l}";
    a = out(reg) _
);
copy_block!(
    /// Two bytes.
    copy_2:
    load "2" "movzx {a:e}, word ptr [{s}]"
    store 0 at0 "3" "mov word ptr [{d}], {a:x}";
    a = out(reg) _
);
copy_block!(
    /// Four bytes.
    copy_4:
    load "2" "mov {a:e}, dword ptr [{s}]"
    store 0 at0 "3" "mov dword ptr [{d}], {a:e}";
    a = out(reg) _
);
copy_block!(
    /// Eight bytes.
    copy_8:
    load "2" "mov {a}, qword ptr [{s}]"
    store 0 at0 "3" "mov qword ptr [{d}], {a}";
    a = out(reg) _
);

fill_block!(
    /// One byte.
    fill_1: store 0 at0 "2" "mov byte ptr [{d}], {w:l}"
);
fill_block!(
    /// Two bytes.
    fill_2: store 0 at0 "2" "mov word ptr [{d}], {w:x}"
);
fill_block!(
    /// Four bytes.
    fill_4: store 0 at0 "2" "mov dword ptr [{d}], {w:e}"
);
fill_block!(
    /// Eight bytes.
    fill_8: store 0 at0 "2" "mov qword ptr [{d}], {w}"
);

/// The largest number of bytes that is copied inline. Longer copies call a function.
const INLINE: usize = 127;

/// Performs the part of a job from `at` to `end`, and returns where it ended: at `end`, or at a
/// fault.
///
/// # Safety
///
/// * The requirements of [`copy`](super::copy) must hold for the job's memory up to `end`.
/// * `at` must not be greater than `end`.
#[inline(always)]
pub(super) unsafe fn walk<J: Job>(job: J, at: usize, end: usize) -> usize {
    // SAFETY: `blocks` calls this only where at least 64 bytes are left.
    match blocks(64, at, end, |at| unsafe { job.block_64(at) }) {
        // SAFETY: exactly `end - at` bytes, less than 64, are left.
        Ok(at) => unsafe { steps(job, at, end - at) },
        Err(at) => at,
    }
}

/// Blocks in general registers, for builds without vector registers (kernels).
#[cfg(not(target_feature = "sse2"))]
mod wide {
    use core::arch::asm;

    use super::{
        INLINE, copy_1, copy_2, copy_4, copy_8, copy_block, fill_1, fill_2, fill_4, fill_8,
        fill_block, walk,
    };
    use crate::arch::fault::{
        block::{Step, jobs},
        copy::{finish, steps},
        table::row,
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
    /// The requirements of [`copy`](crate::arch::fault::copy) must hold for the block's size.
    #[inline(always)]
    unsafe fn copy_64(dst: *mut u8, src: *const u8) -> Step {
        // SAFETY: the first half of the block.
        unsafe { copy_32(dst, src) }?;
        // SAFETY: the second half of the block.
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

    /// Defines a function that performs `words` times eight bytes by one string instruction. After
    /// a fault, as after an interrupt, the registers contain the remaining count.
    macro_rules! string {
        ($(#[$doc:meta])* $name:ident($source:ident: $type:ty), $text:literal, $($operand:tt)+) => {
            $(#[$doc])*
            ///
            /// # Safety
            ///
            /// The requirements of [`copy`](crate::arch::fault::copy) must hold for eight times
            /// `words` bytes.
            #[inline(always)]
            unsafe fn $name(dst: *mut u8, $source: $type, words: usize) -> Step {
                let left: usize;
                // SAFETY: the instruction loads from and stores to these bytes, and accesses
                // nothing else. The direction flag is clear, as it is at the start of every `asm!`.
                // After a fault, execution continues after the instruction.
                unsafe {
                    asm!(concat!("2: ", $text), "3:", row!("2" => "3b"),
                        inout("rcx") words => left, inout("rdi") dst => _, $($operand)+,
                        options(nostack, preserves_flags));
                }
                if left == 0 { Ok(()) } else { Err(8 * (words - left)) }
            }
        };
    }

    string!(
        /// A copy of words.
        copy_words(src: *const u8), "rep movsq", inout("rsi") src => _
    );
    string!(
        /// A fill of words.
        fill_words(word: usize), "rep stosq", in("rax") word
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
        /// `words` times eight bytes.
        string(words: usize) copy_words, fill_words;
    }

    /// Performs a small job. Returns where it ended: at the end, or at a fault. Returns
    /// `None` for other jobs.
    ///
    /// # Safety
    ///
    /// The requirements of [`copy`](crate::arch::fault::copy) must hold for the job's memory.
    #[inline(always)]
    pub(in crate::arch::fault) unsafe fn short<J: Job>(job: J, len: usize) -> Option<usize> {
        // SAFETY: the caller guarantees what the callee requires.
        (len <= INLINE).then(|| unsafe { steps(job, 0, len) })
    }

    /// The length from which on a string instruction is faster than a loop.
    const STRING_FROM: usize = 512;

    /// Returns whether the destination's page offset is slightly larger than the source's. Then
    /// string instructions are up to 27 times slower (Zen 3, Zen 4).
    #[inline(always)]
    fn is_slow<J: Job>(job: J) -> bool {
        job.apart().wrapping_sub(1) & 4095 < 31
    }

    /// Performs a job of `len` bytes and returns the number of bytes before the first fault.
    ///
    /// # Safety
    ///
    /// The requirements of [`copy`](crate::arch::fault::copy) must hold for the job's memory.
    #[inline(always)]
    pub(in crate::arch::fault) unsafe fn run<J: Job>(job: J, len: usize) -> usize {
        let went = if len >= STRING_FROM && !is_slow(job) {
            // SAFETY: `len / 8` words of eight bytes are at most `len` bytes.
            unsafe { job.string(0, len / 8) }.map(|()| len / 8 * 8)
        } else {
            Ok(0)
        };
        let done = match went {
            // SAFETY: the caller guarantees what the callee requires.
            Ok(at) => unsafe { walk(job, at, len) },
            Err(at) => at,
        };
        // SAFETY: as above; `done` is at most `len`.
        unsafe { finish(job, done, len) }
    }
}

/// Single accesses: `mov` and `lock cmpxchg`.
pub(super) mod words {
    use crate::arch::fault::{table::row, word::words};

    /// Returns the value, and whether the access faulted.
    macro_rules! load {
        ($ptr:ident, $text:literal) => {{
            let value: u64;
            let fault: u32;
            core::arch::asm!(
                concat!("2: ", $text),
                "mov {f:e}, 0",
                "3:",
                row!("2" => "3b"),
                p = in(reg) $ptr, v = lateout(reg) value, f = inout(reg) 1_u32 => fault,
                options(readonly, nostack, preserves_flags)
            );
            (value, fault)
        }};
    }

    /// Returns the previous value, and whether the access faulted.
    macro_rules! exchange {
        ($ptr:ident, $old:ident, $new:ident, $text:literal) => {{
            let found: u64;
            let fault: u32;
            core::arch::asm!(
                concat!("2: ", $text),
                "mov {f:e}, 0",
                "3:",
                row!("2" => "3b"),
                p = in(reg) $ptr, n = in(reg) $new, inout("rax") $old => found,
                f = inout(reg) 1_u32 => fault,
                options(nostack)
            );
            (found, fault)
        }};
    }

    words! {
        load_8 store_8 exchange_8 u8,
            "movzx {v:e}, byte ptr [{p}]" "mov byte ptr [{p}], {v:l}"
            "lock cmpxchg byte ptr [{p}], {n:l}";
        load_16 store_16 exchange_16 u16,
            "movzx {v:e}, word ptr [{p}]" "mov word ptr [{p}], {v:x}"
            "lock cmpxchg word ptr [{p}], {n:x}";
        load_32 store_32 exchange_32 u32,
            "mov {v:e}, dword ptr [{p}]" "mov dword ptr [{p}], {v:e}"
            "lock cmpxchg dword ptr [{p}], {n:e}";
        load_64 store_64 exchange_64 u64,
            "mov {v}, qword ptr [{p}]" "mov qword ptr [{p}], {v}"
            "lock cmpxchg qword ptr [{p}], {n}";
    }
}
