//! Blocks in vector registers, for builds that may use them.

use core::arch::asm;

use super::bytewise::{self, short_copy, short_fill};
use crate::arch::blocks::{block, fill_block};

block!(
    /// Sixteen bytes.
    copy_16: "movups {a}, [{s}]" "movups [{d}], {a}";
    a = out(xmm_reg) _
);
block!(
    /// 32 bytes.
    copy_32: "movups {a}, [{s}]" "movups {b}, [{s} + 16]"
        "movups [{d}], {a}" "movups [{d} + 16], {b}";
    a = out(xmm_reg) _, b = out(xmm_reg) _
);
block!(
    /// 64 bytes.
    copy_64: "movups {a}, [{s}]" "movups {b}, [{s} + 16]"
        "movups {e}, [{s} + 32]" "movups {f}, [{s} + 48]"
        "movups [{d}], {a}" "movups [{d} + 16], {b}"
        "movups [{d} + 32], {e}" "movups [{d} + 48], {f}";
    a = out(xmm_reg) _, b = out(xmm_reg) _, e = out(xmm_reg) _, f = out(xmm_reg) _
);

fill_block!(
    /// Sixteen bytes.
    fill_16: "movq {a}, {w}" "punpcklqdq {a}, {a}" "movups [{d}], {a}";
    a = out(xmm_reg) _
);
fill_block!(
    /// 32 bytes.
    fill_32: "movq {a}, {w}" "punpcklqdq {a}, {a}" "movups [{d}], {a}" "movups [{d} + 16], {a}";
    a = out(xmm_reg) _
);
fill_block!(
    /// 64 bytes.
    fill_64: "movq {a}, {w}" "punpcklqdq {a}, {a}" "movups [{d}], {a}" "movups [{d} + 16], {a}"
        "movups [{d} + 32], {a}" "movups [{d} + 48], {a}";
    a = out(xmm_reg) _
);

/// Blocks in AVX registers, used only if the processor supports them. The registers are named
/// explicitly, because `asm!` operands would require the target feature at compile time.
pub(in crate::arch) mod avx {
    use super::{asm, block, fill_block};

    block!(
        /// 32 bytes.
        copy_32: "vmovdqu ymm0, [{s}]" "vmovdqu [{d}], ymm0";
        out("xmm0") _
    );
    block!(
        /// 64 bytes.
        copy_64: "vmovdqu ymm0, [{s}]" "vmovdqu ymm1, [{s} + 32]"
            "vmovdqu [{d}], ymm0" "vmovdqu [{d} + 32], ymm1";
        out("xmm0") _, out("xmm1") _
    );
    block!(
        /// 128 bytes.
        copy_128: "vmovdqu ymm0, [{s}]" "vmovdqu ymm1, [{s} + 32]"
            "vmovdqu ymm2, [{s} + 64]" "vmovdqu ymm3, [{s} + 96]"
            "vmovdqu [{d}], ymm0" "vmovdqu [{d} + 32], ymm1"
            "vmovdqu [{d} + 64], ymm2" "vmovdqu [{d} + 96], ymm3";
        out("xmm0") _, out("xmm1") _, out("xmm2") _, out("xmm3") _
    );
    fill_block!(
        /// 128 bytes.
        fill_128: "vmovq xmm0, {w}" "vpbroadcastq ymm0, xmm0"
            "vmovdqu [{d}], ymm0" "vmovdqu [{d} + 32], ymm0"
            "vmovdqu [{d} + 64], ymm0" "vmovdqu [{d} + 96], ymm0";
        out("xmm0") _
    );

    /// Ends the use of AVX registers. If their upper halves were not cleared, SSE code would be
    /// slow.
    #[inline(always)]
    pub(in crate::arch) fn leave() {
        // SAFETY: the instruction clears the upper halves of the first sixteen registers, which are
        // all declared as clobbered.
        unsafe {
            asm!("vzeroupper", out("xmm0") _, out("xmm1") _, out("xmm2") _, out("xmm3") _,
                out("xmm4") _, out("xmm5") _, out("xmm6") _, out("xmm7") _, out("xmm8") _,
                out("xmm9") _, out("xmm10") _, out("xmm11") _, out("xmm12") _, out("xmm13") _,
                out("xmm14") _, out("xmm15") _, options(nomem, nostack, preserves_flags));
        }
    }
}

/// Detection of AVX2, whose registers may be used only where it is found.
pub(in crate::arch) mod avx2 {
    #[cfg(feature = "std")]
    use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

    /// The result of the detection so far.
    #[cfg(feature = "std")]
    static KNOWN: AtomicU8 = AtomicU8::new(UNKNOWN);

    #[cfg(feature = "std")]
    const UNKNOWN: u8 = 0;
    #[cfg(feature = "std")]
    const MISSING: u8 = 1;
    #[cfg(feature = "std")]
    const FOUND: u8 = 2;

    /// Returns whether AVX2 is known to be supported. This is one load, because the detection
    /// itself needs a stack.
    #[inline(always)]
    pub(in crate::arch) fn is_known() -> bool {
        #[cfg(feature = "std")]
        if KNOWN.load(Relaxed) == FOUND {
            return true;
        }
        cfg!(target_feature = "avx2")
    }

    /// Detects AVX2 for [`is_known`]. Only programs of an operating system do this: in a kernel,
    /// the registers belong to user programs.
    #[inline(always)]
    pub(in crate::arch) fn find_out() {
        #[cfg(feature = "std")]
        if KNOWN.load(Relaxed) == UNKNOWN {
            let is_found = std::arch::is_x86_feature_detected!("avx2");
            KNOWN.store(if is_found { FOUND } else { MISSING }, Relaxed);
        }
    }

    /// Returns whether `len` is the size of one or two blocks in AVX registers, which is a common
    /// buffer size. These are copied inline, because the calls of the other paths would take as
    /// long as the copy.
    #[inline(always)]
    pub(in crate::arch) const fn are_blocks(len: usize) -> bool {
        len == 128 || len == 256
    }
}

/// The length from which on it is faster to align the stores first.
const ALIGN_FROM: usize = 1024;

/// Copies `len` bytes.
///
/// # Safety
///
/// The requirements of `bytewise::copy` must hold.
#[inline(always)]
pub unsafe fn copy(dst: *mut u8, src: *const u8, len: usize) {
    if avx2::are_blocks(len) && avx2::is_known() {
        // SAFETY: `len` is at least 128, and AVX2 is supported.
        unsafe { avx::copy_128(dst, src) };
        if len == 256 {
            // SAFETY: `len` is 256, so another 128 bytes are left.
            unsafe { avx::copy_128(dst.wrapping_add(128), src.wrapping_add(128)) };
        }
        avx::leave();
    } else {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { bytewise::copy(dst, src, len) };
    }
}

/// Stores `byte` to `len` bytes.
///
/// # Safety
///
/// The requirements of `bytewise::fill` must hold.
#[inline(always)]
pub unsafe fn fill(dst: *mut u8, byte: u8, len: usize) {
    if avx2::are_blocks(len) && avx2::is_known() {
        let word = usize::from_ne_bytes([byte; size_of::<usize>()]);
        // SAFETY: `len` is at least 128, and AVX2 is supported.
        unsafe { avx::fill_128(dst, word) };
        if len == 256 {
            // SAFETY: `len` is 256, so another 128 bytes are left.
            unsafe { avx::fill_128(dst.wrapping_add(128), word) };
        }
        avx::leave();
    } else {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { bytewise::fill(dst, byte, len) };
    }
}

/// Copies any number of bytes.
///
/// The stack frames of the two implementations are not part of this function: it jumps to one of
/// them.
///
/// # Safety
///
/// The requirements of [`copy`](crate::arch::copy) must hold.
#[inline(never)]
pub(in crate::arch) unsafe fn long_copy(dst: *mut u8, src: *const u8, len: usize) {
    if avx2::is_known() {
        // SAFETY: the caller guarantees what the callee requires, and AVX2 is supported.
        unsafe { copy_by_avx(dst, src, len) };
    } else {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { copy_by_sse(dst, src, len) };
    }
}

/// [`long_copy`] with AVX2.
///
/// # Safety
///
/// * The requirements of [`copy`](crate::arch::copy) must hold.
/// * The processor must support AVX2.
#[inline(never)]
unsafe fn copy_by_avx(mut dst: *mut u8, mut src: *const u8, mut left: usize) {
    if left >= ALIGN_FROM {
        let head = to_align(dst, 32);
        // SAFETY: `head` is less than `left`.
        unsafe { short_copy(dst, src, head) };
        (dst, src, left) = (dst.wrapping_add(head), src.wrapping_add(head), left - head);
    }
    while left >= 128 {
        // SAFETY: 128 bytes are left.
        unsafe { avx::copy_128(dst, src) };
        (dst, src, left) = (dst.wrapping_add(128), src.wrapping_add(128), left - 128);
    }
    if left & 64 != 0 {
        // SAFETY: 64 bytes are left.
        unsafe { avx::copy_64(dst, src) };
        (dst, src) = (dst.wrapping_add(64), src.wrapping_add(64));
    }
    if left & 32 != 0 {
        // SAFETY: 32 bytes are left.
        unsafe { avx::copy_32(dst, src) };
        (dst, src) = (dst.wrapping_add(32), src.wrapping_add(32));
    }
    avx::leave();
    // SAFETY: the lowest five bits of `left` are the number of bytes left.
    unsafe { short_copy(dst, src, left & 31) };
}

/// [`long_copy`] for any x86-64 processor with vector registers. The first call detects whether
/// later calls can use AVX2.
///
/// # Safety
///
/// The requirements of [`copy`](crate::arch::copy) must hold.
#[inline(never)]
unsafe fn copy_by_sse(mut dst: *mut u8, mut src: *const u8, mut left: usize) {
    avx2::find_out();
    if left >= ALIGN_FROM {
        let head = to_align(dst, 16);
        // SAFETY: `head` is less than `left`.
        unsafe { short_copy(dst, src, head) };
        (dst, src, left) = (dst.wrapping_add(head), src.wrapping_add(head), left - head);
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
pub(in crate::arch) unsafe fn long_fill(dst: *mut u8, word: usize, len: usize) {
    if avx2::is_known() {
        // SAFETY: the caller guarantees what the callee requires, and AVX2 is supported.
        unsafe { fill_by_avx(dst, word, len) };
    } else {
        // SAFETY: the caller guarantees what the callee requires.
        unsafe { fill_by_sse(dst, word, len) };
    }
}

/// [`long_fill`] with AVX2.
///
/// # Safety
///
/// * The requirements of [`fill`](crate::arch::fill) must hold.
/// * The processor must support AVX2.
#[inline(never)]
unsafe fn fill_by_avx(mut dst: *mut u8, word: usize, mut left: usize) {
    if left >= ALIGN_FROM {
        let head = to_align(dst, 32);
        // SAFETY: `head` is less than `left`.
        unsafe { short_fill(dst, word, head) };
        (dst, left) = (dst.wrapping_add(head), left - head);
    }
    while left >= 128 {
        // SAFETY: 128 bytes are left.
        unsafe { avx::fill_128(dst, word) };
        (dst, left) = (dst.wrapping_add(128), left - 128);
    }
    avx::leave();
    // SAFETY: exactly `left` bytes, less than 128, are left.
    unsafe { short_fill(dst, word, left) };
}

/// [`long_fill`] for any x86-64 processor with vector registers. The first call detects whether
/// later calls can use AVX2.
///
/// # Safety
///
/// The requirements of [`fill`](crate::arch::fill) must hold.
#[inline(never)]
unsafe fn fill_by_sse(mut dst: *mut u8, word: usize, mut left: usize) {
    avx2::find_out();
    if left >= ALIGN_FROM {
        let head = to_align(dst, 16);
        // SAFETY: `head` is less than `left`.
        unsafe { short_fill(dst, word, head) };
        (dst, left) = (dst.wrapping_add(head), left - head);
    }
    while left >= 64 {
        // SAFETY: 64 bytes are left.
        unsafe { fill_64(dst, word) };
        (dst, left) = (dst.wrapping_add(64), left - 64);
    }
    // SAFETY: exactly `left` bytes, less than 64, are left.
    unsafe { short_fill(dst, word, left) };
}

/// Returns the number of bytes up to the next multiple of `align`.
#[inline(always)]
fn to_align(dst: *mut u8, align: usize) -> usize {
    dst.addr().wrapping_neg() & (align - 1)
}
