//! Accesses with entries in the recovery table.

use super::{Fault, FaultAtomic, FaultBackend};
use crate::arch::fault as arch;

/// Returns the address at which to continue after a fault of the instruction at `pc`, or `None` if
/// the instruction is not one of this crate's accesses.
///
/// For fault handlers: the handler must set the program counter to the returned address, and must
/// change nothing else, since the code there relies on the contents of the registers. The function
/// may be called in any context: it only reads a constant table.
#[doc(alias("fixup_exception", "search_exception_tables", "extable"))]
pub fn lookup(pc: usize) -> Option<usize> {
    arch::lookup(pc)
}

/// Accesses by instructions of the processor, with a table of the addresses at which to continue
/// after a fault.
///
/// When nothing faults, copies run at the speed of infallible copies. After a fault, the exact byte
/// is found by single-byte accesses, so that two faults are taken for each fault that is reported.
/// If the page has become present in the meantime, the copy continues, and its result is that of a
/// copy without a fault.
///
/// These accesses have one requirement in addition to those of [`FaultBackend`], which the caller
/// must guarantee: the fault handler must call [`lookup`]. Without such a handler, and where
/// [`RECOVERS`](Self::RECOVERS) is false, a fault has the same effect as that of any other access.
///
/// If `RECOVERS` is true, accesses are instructions of the processor: accesses of different widths
/// may race with one another and with copies, as with accesses to a device.
#[doc(alias("extable", "exception table", "fixup"))]
#[derive(Debug)]
pub enum RecoveryTable {}

impl RecoveryTable {
    /// `true` if this target's accesses have entries in the table: on x86-64, aarch64 and riscv64
    /// where the object format is ELF, except under Miri.
    pub const RECOVERS: bool = arch::RECOVERS;
}

// SAFETY: `copy` and `fill` of `arch` are byte-wise, return the number of bytes stored, and store
// nothing else. They do not unwind.
unsafe impl FaultBackend for RecoveryTable {
    #[inline(always)]
    unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) -> usize {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { arch::copy(dst, src, len) }
    }

    #[inline(always)]
    unsafe fn fill(dst: *mut u8, byte: u8, len: usize) -> usize {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { arch::fill(dst, byte, len) }
    }
}

macro_rules! atomic {
    ($($word:ident $load:ident $store:ident $exchange:ident;)+) => {$(
        // SAFETY: each access is one instruction, or a pair of exclusive instructions.
        unsafe impl FaultAtomic<$word> for RecoveryTable {
            #[inline(always)]
            unsafe fn load(ptr: *const $word) -> Result<$word, Fault> {
                // SAFETY: the caller guarantees what the callee requires.
                unsafe { arch::$load(ptr) }
            }

            #[inline(always)]
            unsafe fn store(ptr: *mut $word, value: $word) -> Result<(), Fault> {
                // SAFETY: the caller guarantees what the callee requires.
                unsafe { arch::$store(ptr, value) }
            }

            #[inline(always)]
            unsafe fn compare_exchange(
                ptr: *mut $word,
                old: $word,
                new: $word,
            ) -> Result<$word, Fault> {
                // SAFETY: the caller guarantees what the callee requires.
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
