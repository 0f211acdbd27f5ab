//! Accesses with rows in the recovery table.

use super::{Fault, FaultAtomic, FaultBackend};
use crate::arch::fault as arch;

/// Where to go on after a fault of the instruction at `pc`; `None` if it is none of ours.
///
/// For a handler of faults, which then changes the program counter and nothing else: the
/// instructions there know what registers hold. It may be called anywhere: it reads a constant table.
pub fn lookup(pc: usize) -> Option<usize> {
    arch::lookup(pc)
}

/// The processor's own accesses, with a table that says how to go on after a fault.
///
/// Copies are as fast as such that cannot fault, as long as nothing does. After a fault the place is
/// found byte by byte; two faults are taken for one that is reported. A copy that goes on because
/// somebody made the page present meanwhile is as good as one that never faulted.
///
/// A fault is survived if its handler asks [`lookup`]: that is the one condition beside those of
/// [`FaultBackend`], and its users promise it. Without such a handler, and where
/// [`RECOVERS`](Self::RECOVERS) is false, a fault is what it is for any other access.
///
/// Where `RECOVERS` is true, accesses are instructions of the processor: such of different widths
/// may race with one another and with copies, as they may with a device.
#[derive(Debug)]
pub enum RecoveryTable {}

impl RecoveryTable {
    /// Whether this target's accesses have rows in the table: x86-64, aarch64 and riscv64, with ELF
    /// as the format of objects, and not under Miri.
    pub const RECOVERS: bool = arch::RECOVERS;
}

// SAFETY: `copy` and `fill` of `arch` are byte-wise, count what they store and store nothing else.
unsafe impl FaultBackend for RecoveryTable {
    #[inline(always)]
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        // SAFETY: the contract is this function's own.
        unsafe { arch::copy(dst, src, len) }
    }

    #[inline(always)]
    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        // SAFETY: the contract is this function's own.
        unsafe { arch::fill(dst, byte, len) }
    }
}

macro_rules! atomic {
    ($($word:ident $load:ident $store:ident $exchange:ident;)+) => {$(
        // SAFETY: one instruction each, or an exclusive pair of them.
        unsafe impl FaultAtomic<$word> for RecoveryTable {
            #[inline(always)]
            unsafe fn load(ptr: *const $word) -> Result<$word, Fault> {
                // SAFETY: the contract is this function's own.
                unsafe { arch::$load(ptr) }
            }

            #[inline(always)]
            unsafe fn store(ptr: *mut $word, value: $word) -> Result<(), Fault> {
                // SAFETY: the contract is this function's own.
                unsafe { arch::$store(ptr, value) }
            }

            #[inline(always)]
            unsafe fn compare_exchange(
                ptr: *mut $word,
                old: $word,
                new: $word,
            ) -> Result<$word, Fault> {
                // SAFETY: the contract is this function's own.
                unsafe { arch::$exchange(ptr, old, new) }
            }
        }
    )+};
}

atomic! {
    u8 load_8 store_8 exchange_8;
    u16 load_16 store_16 exchange_16;
    u32 load_32 store_32 exchange_32;
}
#[cfg(target_pointer_width = "64")]
atomic!(u64 load_64 store_64 exchange_64;);
