//! Byte-wise atomic copies of raw memory.
//!
//! The copies that views of memory use, as functions on pointers. Each byte is loaded once and
//! stored once, at ascending addresses, as if by relaxed `AtomicU8` accesses. A race with a device,
//! a guest, another process or another call of these functions is defined, and the copied bytes do
//! not change afterwards, however often they are read. The copy as a whole is not atomic, and does
//! not order other accesses: see [`barrier`](crate::barrier).
//!
//! `ptr::copy_nonoverlapping` and C's `memcpy` guarantee none of this: compilers remove, merge and
//! repeat them, even if they are called by name.
//!
//! Source: C++ P1478, "Byte-wise atomic memcpy"; the Linux kernel's `atomic_per_byte_memcpy`.

use crate::arch;

/// Copies `len` bytes.
///
/// ```
/// use io_mem::bytewise::atomic_per_byte_memcpy;
///
/// let shared = [1_u8, 2, 3];
/// let mut private = [0_u8; 3];
/// // SAFETY: both arrays have three bytes and do not overlap.
/// unsafe { atomic_per_byte_memcpy(private.as_mut_ptr(), shared.as_ptr(), 3) };
/// assert_eq!(private, [1, 2, 3]);
/// ```
///
/// # Safety
///
/// For the duration of the call:
///
/// * `src` must be valid for loads of `len` bytes, and `dst` for stores of `len` bytes. Any
///   alignment is allowed. If `len` is 0, any pointer is valid.
/// * The bytes of `src` must be initialised.
/// * `src` and `dst` must not overlap.
/// * The bytes of `src` must not be stored to through references, or by Rust atomics other than
///   `AtomicU8`.
/// * The bytes of `dst` must not be accessed through references, or by Rust atomics other than
///   `AtomicU8`.
/// * Stores of other Rust code to `src`, and its accesses to `dst`, must not race with the copy,
///   unless they are atomic.
#[doc(alias = "memcpy")]
#[inline]
pub unsafe fn atomic_per_byte_memcpy(dst: *mut u8, src: *const u8, len: usize) {
    // SAFETY: the caller guarantees what the callee requires.
    unsafe { arch::copy(dst, src, len) };
}

/// Stores `byte` to each of `len` bytes.
///
/// ```
/// use io_mem::bytewise::atomic_per_byte_memset;
///
/// let mut shared = [1_u8, 2, 3];
/// // SAFETY: `shared` is an array of three bytes.
/// unsafe { atomic_per_byte_memset(shared.as_mut_ptr(), 7, 3) };
/// assert_eq!(shared, [7; 3]);
/// ```
///
/// # Safety
///
/// The requirements of [`atomic_per_byte_memcpy`] for `dst` must hold.
#[doc(alias = "memset")]
#[inline]
pub unsafe fn atomic_per_byte_memset(dst: *mut u8, byte: u8, len: usize) {
    // SAFETY: the caller guarantees what the callee requires.
    unsafe { arch::fill(dst, byte, len) };
}
