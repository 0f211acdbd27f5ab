//! x86-64: strongly ordered, so only the compiler must be kept from reordering.
//!
//! The compiler may fold a volatile access into an arithmetic instruction (`add eax, [rdi]`), which
//! a hypervisor may fail to decode. Passing the loaded value through an empty `asm!` keeps the
//! access a plain `mov`, which can still use the addressing mode `[base + offset]`.
//!
//! This file contains the code that uses general registers: single accesses, blocks of up to eight
//! bytes, and the other blocks of builds without vector registers (kernels). The blocks of other
//! builds are in `vectors.rs`; `faults.rs` and `fault_vectors.rs` are divided in the same way. With
//! fewer files, one would have more than 400 lines.

#[path = "../unaligned.rs"]
#[cfg_attr(target_feature = "sse2", expect(unreachable_pub, reason = "only `wide` uses it"))]
mod bytewise;
#[cfg(target_feature = "sse2")]
#[path = "vectors.rs"]
mod wide;

use core::arch::asm;

use super::{
    Barrier, Word,
    blocks::{block, fill_block},
};

#[cfg(not(target_feature = "sse2"))]
pub use bytewise::{copy, fill};
#[cfg(target_feature = "sse2")]
pub use wide::{copy, fill};

#[cfg(target_feature = "sse2")]
pub(in crate::arch) use wide::{avx::leave as leave_avx, avx2};
use wide::{copy_16, copy_32, copy_64, fill_16, fill_32, fill_64, long_copy, long_fill};

macro_rules! words {
    ($($word:ident $class:ident $modifier:literal;)+) => {$(
        impl Word for $word {
            /// Loads by one `mov` from `ptr`.
            #[inline(always)]
            unsafe fn load(ptr: *const Self) -> Self {
                // SAFETY: the caller guarantees that `ptr` is aligned and valid for a load of this
                // width.
                let mut value = unsafe { ptr.read_volatile() };
                // SAFETY: contains no instruction, and does not change the value.
                unsafe {
                    asm!($modifier, inlateout($class) value,
                        options(nomem, nostack, preserves_flags));
                }
                value
            }

            /// Stores by one `mov` to `ptr`.
            #[inline(always)]
            unsafe fn store(ptr: *mut Self, value: Self) {
                // SAFETY: the caller guarantees that `ptr` is aligned and valid for a store of this
                // width.
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

/// Prevents the compiler from moving memory accesses across this point.
#[inline(always)]
fn compiler_barrier() {
    // SAFETY: contains no instruction; without `nomem` it clobbers memory.
    unsafe { asm!("", options(nostack, preserves_flags)) };
}

/// Orders later accesses to memory after the preceding device read.
#[inline(always)]
pub fn after_device_read() {
    compiler_barrier();
}

/// Orders earlier accesses to memory before the following device write.
#[inline(always)]
pub fn before_device_write() {
    compiler_barrier();
}

/// Does nothing: the architecture has no such hint.
#[inline(always)]
pub fn io_stop_wc() {}

/// Source: Linux 6.12 `arch/x86/include/asm/barrier.h`.
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

block!(
    /// One byte.
    copy_1: "movzx {a:e}, byte ptr [{s}]" "mov byte ptr [{d}], {a:l}";
    a = out(reg) _
);
block!(
    /// Two bytes.
    copy_2: "movzx {a:e}, word ptr [{s}]" "mov word ptr [{d}], {a:x}";
    a = out(reg) _
);
block!(
    /// Four bytes.
    copy_4: "mov {a:e}, dword ptr [{s}]" "mov dword ptr [{d}], {a:e}";
    a = out(reg) _
);
block!(
    /// Eight bytes.
    copy_8: "mov {a}, qword ptr [{s}]" "mov qword ptr [{d}], {a}";
    a = out(reg) _
);

fill_block!(
    /// One byte.
    fill_1: "mov byte ptr [{d}], {w:l}"
);
fill_block!(
    /// Two bytes.
    fill_2: "mov word ptr [{d}], {w:x}"
);
fill_block!(
    /// Four bytes.
    fill_4: "mov dword ptr [{d}], {w:e}"
);
fill_block!(
    /// Eight bytes.
    fill_8: "mov qword ptr [{d}], {w}"
);

/// Blocks in general registers.
#[cfg(not(target_feature = "sse2"))]
mod wide {
    use super::{
        asm, block,
        bytewise::{short_copy, short_fill},
        fill_block,
    };

    block!(
        /// Sixteen bytes.
        copy_16: "mov {a}, [{s}]" "mov {b}, [{s} + 8]" "mov [{d}], {a}" "mov [{d} + 8], {b}";
        a = out(reg) _, b = out(reg) _
    );
    block!(
        /// 32 bytes.
        copy_32: "mov {a}, [{s}]" "mov {b}, [{s} + 8]" "mov {e}, [{s} + 16]" "mov {f}, [{s} + 24]"
            "mov [{d}], {a}" "mov [{d} + 8], {b}" "mov [{d} + 16], {e}" "mov [{d} + 24], {f}";
        a = out(reg) _, b = out(reg) _, e = out(reg) _, f = out(reg) _
    );

    /// 64 bytes.
    ///
    /// # Safety
    ///
    /// `src` must be valid for loads of the block's size, and `dst` for stores of the block's size.
    #[inline(always)]
    pub(in crate::arch) unsafe fn copy_64(dst: *mut u8, src: *const u8) {
        // SAFETY: the first half of the block.
        unsafe { copy_32(dst, src) };
        // SAFETY: the second half of the block.
        unsafe { copy_32(dst.wrapping_add(32), src.wrapping_add(32)) };
    }

    fill_block!(
        /// Sixteen bytes.
        fill_16: "mov [{d}], {w}" "mov [{d} + 8], {w}"
    );
    fill_block!(
        /// 32 bytes.
        fill_32: "mov [{d}], {w}" "mov [{d} + 8], {w}" "mov [{d} + 16], {w}" "mov [{d} + 24], {w}"
    );
    fill_block!(
        /// 64 bytes.
        fill_64: "mov [{d}], {w}" "mov [{d} + 8], {w}" "mov [{d} + 16], {w}" "mov [{d} + 24], {w}"
            "mov [{d} + 32], {w}" "mov [{d} + 40], {w}" "mov [{d} + 48], {w}" "mov [{d} + 56], {w}"
    );

    /// The length from which on a string instruction is faster than a loop.
    ///
    /// `movsq` is used instead of `movsb`: it is as fast on processors with fast byte strings, and
    /// several times faster on older processors and on emulators.
    const STRING_FROM: usize = 512;

    /// Copies any number of bytes.
    ///
    /// # Safety
    ///
    /// The requirements of [`copy`](crate::arch::copy) must hold.
    #[inline(never)]
    pub(in crate::arch) unsafe fn long_copy(mut dst: *mut u8, mut src: *const u8, mut left: usize) {
        // If the destination's page offset is slightly larger than the source's, string
        // instructions are up to 27 times slower (Zen 3, Zen 4).
        let aliased = dst.addr().wrapping_sub(src.addr()).wrapping_sub(1) & 4095 < 31;
        if left >= STRING_FROM && !aliased {
            // SAFETY: `left / 8` words of eight bytes are at most `left` bytes. The direction flag
            // is clear, as it is at the start of every `asm!`.
            unsafe {
                asm!("rep movsq", inout("rcx") left / 8 => _, inout("rdi") dst => dst,
                    inout("rsi") src => src, options(nostack, preserves_flags));
            }
            left %= 8;
        }
        while left >= 64 {
            // SAFETY: 64 bytes are left.
            unsafe { copy_64(dst, src) };
            (dst, src, left) = (dst.wrapping_add(64), src.wrapping_add(64), left - 64);
        }
        // SAFETY: exactly `left` bytes, less than 64, are left.
        unsafe { short_copy(dst, src, left) };
    }

    /// Fills any number of bytes with the bytes of `word`, which are all equal.
    ///
    /// # Safety
    ///
    /// The requirements of [`fill`](crate::arch::fill) must hold.
    #[inline(never)]
    pub(in crate::arch) unsafe fn long_fill(mut dst: *mut u8, word: usize, mut left: usize) {
        if left >= STRING_FROM {
            // SAFETY: `left / 8` words of eight bytes are at most `left` bytes. The direction flag
            // is clear, as it is at the start of every `asm!`.
            unsafe {
                asm!("rep stosq", inout("rcx") left / 8 => _, inout("rdi") dst => dst,
                    in("rax") word, options(nostack, preserves_flags));
            }
            left %= 8;
        }
        while left >= 64 {
            // SAFETY: 64 bytes are left.
            unsafe { fill_64(dst, word) };
            (dst, left) = (dst.wrapping_add(64), left - 64);
        }
        // SAFETY: exactly `left` bytes, less than 64, are left.
        unsafe { short_fill(dst, word, left) };
    }
}
