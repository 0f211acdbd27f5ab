//! x86-64: strongly ordered, so ordering is the compiler's business.
//!
//! A volatile access alone may be folded into an arithmetic instruction
//! (`add eax, [rdi]`), which a hypervisor may fail to decode. Passing the
//! loaded value through an empty `asm!` keeps it a plain `mov` that still
//! folds `[base + offset]`.

#[cfg(target_feature = "sse2")]
pub(in crate::arch) mod avx2;
mod blocks;
#[path = "../unaligned.rs"]
#[cfg_attr(target_feature = "sse2", expect(unreachable_pub, reason = "used by `wide` alone"))]
mod bytewise;
#[cfg_attr(target_feature = "sse2", path = "vectors.rs")]
#[cfg_attr(not(target_feature = "sse2"), path = "registers.rs")]
mod wide;

use core::arch::asm;

use super::{Barrier, Word};

#[cfg(not(target_feature = "sse2"))]
pub use bytewise::{copy, fill};
#[cfg(target_feature = "sse2")]
pub use wide::{copy, fill};

use blocks::{copy_1, copy_2, copy_4, copy_8, fill_1, fill_2, fill_4, fill_8};
#[cfg(target_feature = "sse2")]
pub(in crate::arch) use wide::avx::leave as leave_avx;
use wide::{copy_16, copy_32, copy_64, fill_16, fill_32, fill_64, long_copy, long_fill};

macro_rules! words {
    ($($word:ident $class:ident $modifier:literal;)+) => {$(
        impl Word for $word {
            /// One `mov` from `ptr`.
            #[inline(always)]
            unsafe fn load(ptr: *const Self) -> Self {
                // SAFETY: aligned and valid for a load of this width by contract.
                let mut value = unsafe { ptr.read_volatile() };
                // SAFETY: no instruction; the value stays what it was.
                unsafe {
                    asm!($modifier, inlateout($class) value,
                        options(nomem, nostack, preserves_flags));
                }
                value
            }

            /// One `mov` to `ptr`.
            #[inline(always)]
            unsafe fn store(ptr: *mut Self, value: Self) {
                // SAFETY: aligned and valid for a store of this width by contract.
                unsafe { ptr.write_volatile(value) };
            }

            #[inline(always)]
            fn after_device_read(self) {
                after_device_read();
            }
        }
    )+};
}

words! {
    u8 reg_byte "/* {0} */";
    u16 reg "/* {0:x} */";
    u32 reg "/* {0:e} */";
    u64 reg "/* {0:r} */";
}

/// The compiler moves no memory access across this point.
#[inline(always)]
fn compiler_barrier() {
    // SAFETY: no instruction; without `nomem` it clobbers memory.
    unsafe { asm!("", options(nostack, preserves_flags)) };
}

/// Later accesses to memory stay behind the device read before this point.
#[inline(always)]
pub fn after_device_read() {
    compiler_barrier();
}

/// Earlier accesses to memory stay before the device write after this point.
#[inline(always)]
pub fn before_device_write() {
    compiler_barrier();
}

/// There is no such hint.
#[inline(always)]
pub fn io_stop_wc() {}

/// Linux 6.12 `arch/x86/include/asm/barrier.h`.
#[inline(always)]
pub fn barrier(kind: Barrier) {
    match kind {
        // SAFETY: a fence has no operands and no other effect.
        Barrier::Mb | Barrier::DmaMb => unsafe {
            asm!("mfence", options(nostack, preserves_flags));
        },
        // SAFETY: as above.
        Barrier::Rmb => unsafe { asm!("lfence", options(nostack, preserves_flags)) },
        // SAFETY: as above.
        Barrier::Wmb => unsafe { asm!("sfence", options(nostack, preserves_flags)) },
        Barrier::DmaRmb | Barrier::DmaWmb => compiler_barrier(),
    }
}
